import type { Medium, RunMedia } from "#lib/core/run-media.ts";
import { safeFilename } from "#lib/core/safe-filename.ts";
import { validationFailure } from "#lib/core/validation-failure.ts";
import type { UploadedFile } from "./idempotency.ts";

/** How the pictures that models read begin, as one character a byte. */
const SIGNATURES: readonly [mediaType: string, beginning: RegExp][] = [
  ["image/png", /^\x89PNG\r\n/],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/gif", /^GIF8/],
  ["image/webp", /^RIFF....WEBP/s],
];

/**
 * The media in a request's fields as if they had been uploaded, in the order of the fields. Their content is base64, but
 * for documents that are text, which come as they are. Throws the 422 of a field whose content is neither.
 */
export function mediaFiles(media: RunMedia): UploadedFile[] {
  return [
    ...(media.images ?? []).map((one, index) => fileOf("image", one, ["images", index])),
    ...(media.audio ?? []).map((one, index) => fileOf("audio", one, ["audio", index])),
    ...(media.videos ?? []).map((one, index) => fileOf("video", one, ["videos", index])),
    ...(media.input_files ?? []).map((one, index) => fileOf("file", one, ["input_files", index])),
  ];
}

type Kind = "image" | "audio" | "video" | "file";

function fileOf(kind: Kind, medium: Medium, place: (string | number)[]): UploadedFile {
  const bytes = bytesOf(kind, medium);
  if (bytes === null) {
    const msg = "The content should be base64";
    throw validationFailure([{ type: "value_error", loc: ["body", ...place, "content"], msg, input: null }]);
  }
  const { format } = medium;
  const name = medium.filename ?? medium.name ?? kind;
  const extension = kind === "file" || /\.\w+$/.test(name) || !format ? "" : `.${format}`;
  return { filename: safeFilename(name + extension), mediaType: mediaTypeOf(kind, medium, bytes), bytes };
}

function bytesOf(kind: Kind, { content, mime_type: mediaType }: Medium): Uint8Array | null {
  const text = content ?? "";
  const isText = kind === "file" && /^text\//i.test(mediaType ?? "");
  if (!isText && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return Buffer.from(text, "base64");
  return kind === "file" ? Buffer.from(text, "utf8") : null;
}

/** What the sender says it is, else what it looks like, else nothing: then its name's ending decides. */
function mediaTypeOf(kind: Kind, { mime_type: mediaType }: Medium, bytes: Uint8Array): string {
  if (mediaType) return mediaType;
  if (kind !== "image") return "";
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  return SIGNATURES.find(([, signature]) => signature.test(beginning))?.[0] ?? "";
}
