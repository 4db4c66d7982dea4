import { Busboy } from "@fastify/busboy";
import { AppError } from "#lib/core/app-error.ts";
import { safeFilename } from "#lib/core/safe-filename.ts";
import { bodyChunks } from "./body-chunks.ts";
import {
  MAX_FIELD_BYTES,
  MAX_FIELD_NAME_BYTES,
  MAX_FIELDS,
  MAX_FILE_BYTES,
  MAX_FILES,
  MAX_MULTIPART_BODY_BYTES,
} from "./body-limits.ts";
import { decodeText } from "./decode-text.ts";
import { feed } from "./feed.ts";
import type { FormBody } from "./form-body.ts";
import { tooLarge } from "./too-large.ts";

interface Part {
  name: string;
  filename: string | undefined;
  mediaType: string;
  chunks: Buffer[];
}

/**
 * Reads a `multipart/form-data` body of at most 50 MB: 200 fields of 8 MB, 20 files of 20 MB. Files under another
 * name than `filesField`, and empty ones, are left out.
 */
export async function readMultipart(
  request: Request,
  boundary: string | undefined,
  filesField: string | undefined,
): Promise<FormBody> {
  if (boundary === undefined || !/^[\x20-\x7e]{1,200}$/.test(boundary) || boundary.includes('"')) {
    throw new AppError("bad_request", "The multipart body names no usable boundary in its content type.");
  }
  const parts: Part[] = [];
  const parser = new Busboy({
    headers: { "content-type": `multipart/form-data; boundary="${boundary}"` },
    // Every part comes as a stream of bytes, so that text is decoded strictly and by us.
    isPartAFile: () => true,
    limits: { fileSize: MAX_FILE_BYTES, files: MAX_FILES + MAX_FIELDS, headerPairs: 50, headerSize: 16_384 },
  });
  await feed(parser, bodyChunks(request, MAX_MULTIPART_BODY_BYTES), (refuse) => {
    parser.on("file", (name: string | undefined, stream, filename: string | undefined, _encoding, type) => {
      // A part that breaks off is told by the parser's own error.
      stream.on("error", () => undefined);
      if (name === undefined || Buffer.byteLength(name) > MAX_FIELD_NAME_BYTES) {
        stream.resume();
        refuse(new AppError("bad_request", "A part of the form has no name, or one that is too long."));
        return;
      }
      const isFile = filename !== undefined;
      if (
        parts.filter((part) => (part.filename !== undefined) === isFile).length >=
        (isFile ? MAX_FILES : MAX_FIELDS)
      ) {
        refuse(tooMany(isFile));
      }
      const part: Part = { name, filename, mediaType: mediaTypeOf(type), chunks: [] };
      const limit = isFile ? MAX_FILE_BYTES : MAX_FIELD_BYTES;
      const what = isFile ? "A file" : "A form field";
      let size = 0;
      parts.push(part);
      stream.on("limit", () => refuse(tooLarge(what, limit)));
      stream.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > limit) refuse(tooLarge(what, limit));
        else if (!isFile || name === filesField) part.chunks.push(chunk);
      });
    });
    parser.on("filesLimit", () => refuse(tooMany(false)));
  });
  return assemble(parts);
}

function assemble(parts: Part[]): FormBody {
  const form: FormBody = { fields: new Map(), files: [] };
  for (const { name, filename, mediaType, chunks } of parts) {
    const bytes = Buffer.concat(chunks);
    if (filename === undefined) {
      form.fields.set(name, [...(form.fields.get(name) ?? []), decodeText(bytes, ["body", name])]);
    } else if (bytes.length > 0) {
      form.files.push({ field: name, filename: safeFilename(filename), mediaType, bytes });
    }
  }
  return form;
}

function mediaTypeOf(claimed: string): string {
  return /^[a-z0-9][\w.+-]{0,100}\/[a-z0-9][\w.+-]{0,100}$/.test(claimed)
    ? claimed
    : "application/octet-stream";
}

function tooMany(files: boolean): AppError {
  const sentence = files
    ? `A form may carry at most ${MAX_FILES} files.`
    : `A form may have at most ${MAX_FIELDS} fields.`;
  return new AppError("payload_too_large", sentence);
}
