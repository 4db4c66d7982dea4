import type { RunAttachment } from "../core/run-event.ts";
import type { MediaFile } from "../core/tool-result.ts";
import type { RunPorts } from "./ports.ts";

const MOST_FILES = 20;
const MOST_BYTES = 20 * 1024 * 1024;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9.+-]{0,99}\/[a-z0-9][a-z0-9.+-]{0,99}$/;

/**
 * Keeps the files of a tool's result as blobs and says how the journal refers to them. Throws an Error with a sentence for
 * the model when they are too many, too large, or of no media type.
 */
export async function keepMedia(
  { blobs, newId }: Pick<RunPorts, "blobs" | "newId">,
  media: readonly MediaFile[],
): Promise<RunAttachment[]> {
  if (media.length > MOST_FILES) throw new Error(`The result has more than ${MOST_FILES} files.`);
  const bytes = media.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  if (bytes > MOST_BYTES) throw new Error(`The result's files are larger than ${MOST_BYTES} bytes together.`);
  const types = media.map(({ mediaType, filename }) => {
    const type = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
    if (!MEDIA_TYPE.test(type)) throw new Error(`The file ${filename} of the result has no media type.`);
    return type;
  });
  return Promise.all(
    media.map(async (file, at) => ({
      id: newId(),
      filename: file.filename.replaceAll("\0", "").slice(0, 255) || "file",
      mime_type: types[at] ?? "",
      size: file.bytes.byteLength,
      hash: await blobs.putBytes(file.bytes, types[at] ?? ""),
    })),
  );
}
