import { attachmentPath } from "./attachment-path.ts";
import type { WireMedia } from "./message.ts";
import type { RunAttachment } from "./run-event.ts";

/** Attachments by the wire's four kinds; a kind without any is absent. */
export interface MediaByKind {
  images?: WireMedia[];
  videos?: WireMedia[];
  audios?: WireMedia[];
  files?: WireMedia[];
}

/** Files that a run brings by the wire's four kinds; a kind without any is absent. */
export type OutputMedia = Omit<MediaByKind, "audios"> & { audio?: WireMedia[] };

/** Sorts a run's attachments into the wire's kinds by their media type. Bytes are never inline: `url` leads to them. */
export function mediaByKind(runId: string, attachments: readonly RunAttachment[]): MediaByKind {
  const sorted: MediaByKind = {};
  for (const { id, filename, mime_type, size } of attachments) {
    const kind = kindOf(mime_type);
    const media = { id, url: `/api${attachmentPath(runId, id)}`, filename, mime_type, size };
    sorted[kind] = [...(sorted[kind] ?? []), media];
  }
  return sorted;
}

/** The same for what a run brings: there, recordings stand under `audio`. Lists, for they go into frames as JSON. */
export function outputMedia(runId: string, attachments: readonly RunAttachment[]): OutputMedia {
  const { audios, ...others } = mediaByKind(runId, attachments);
  return audios === undefined ? others : { ...others, audio: audios };
}

function kindOf(mediaType: string): keyof MediaByKind {
  if (mediaType.startsWith("image/")) return "images";
  if (mediaType.startsWith("video/")) return "videos";
  return mediaType.startsWith("audio/") ? "audios" : "files";
}
