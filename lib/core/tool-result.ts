import type { JsonValue } from "./json.ts";

/** A picture, a recording, a film or a document, with its bytes. */
export interface MediaFile {
  filename: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** What a tool returns that brings files: the model gets the content as text, and the files with its next turn. */
export class ToolResult {
  readonly content: JsonValue;
  readonly media: readonly MediaFile[];

  constructor(content: JsonValue, media: readonly MediaFile[]) {
    this.content = content;
    this.media = media;
  }
}
