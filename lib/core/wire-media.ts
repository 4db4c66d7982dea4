import type { WireMedia } from "./message.ts";
import type { RunAttachment } from "./run-event.ts";

/** Attachments by the wire's four kinds; a kind without any is absent. */
export interface MediaByKind {
  images?: WireMedia[];
  videos?: WireMedia[];
  audios?: WireMedia[];
  files?: WireMedia[];
}

/** Sorts attachments into the wire's kinds by their media type. Bytes are never inline. */
export function mediaByKind(attachments: readonly RunAttachment[]): MediaByKind {
  const sorted: MediaByKind = {};
  for (const { id, filename, mime_type, size } of attachments) {
    const kind = kindOf(mime_type);
    sorted[kind] = [...(sorted[kind] ?? []), { id, filename, mime_type, size }];
  }
  return sorted;
}

function kindOf(mediaType: string): keyof MediaByKind {
  if (mediaType.startsWith("image/")) return "images";
  if (mediaType.startsWith("video/")) return "videos";
  return mediaType.startsWith("audio/") ? "audios" : "files";
}
