import type { JsonValue } from "./json.ts";

/** A picture, a recording, a film or a document, with its bytes. */
export interface MediaFile {
  filename: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** The same in all copies of this module that one process may have. */
const MARK = Symbol.for("gatehouse.tool-result");

/** What a tool returns that brings files: the model gets the content as text, and the files with its next turn. */
export class ToolResult {
  readonly [MARK] = true;
  readonly content: JsonValue;
  readonly media: readonly MediaFile[];

  constructor(content: JsonValue, media: readonly MediaFile[]) {
    this.content = content;
    this.media = media;
  }

  static isInstance(value: unknown): value is ToolResult {
    return typeof value === "object" && value !== null && MARK in value;
  }
}
