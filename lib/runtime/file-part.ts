import type { LanguageModelV4FilePart, LanguageModelV4TextPart } from "@ai-sdk/provider";
import { decodeTextFile } from "../core/decode-text-file.ts";
import { storableText } from "../core/storable-json.ts";
import { ModelCallError } from "./model-call-error.ts";
import type { InputFile } from "./ports.ts";

const MAX_TEXT_FILE_BYTES = 1_000_000;
const TEXT_TYPES = new Set([
  "application/json",
  "application/ld+json",
  "application/javascript",
  "application/sql",
  "application/toml",
  "application/x-ndjson",
  "application/x-sh",
  "application/x-yaml",
  "application/xml",
  "application/yaml",
]);
const BINARY_TYPES = new Set([
  "application/pdf",
  "audio/mpeg",
  "audio/wav",
  "image/gif",
  "image/jpeg",
  "image/png",
  "image/webp",
]);

/** A file as models get it. Throws ModelCallError for one of a kind, or of a length, that no model reads. */
export function filePart(file: InputFile): LanguageModelV4TextPart | LanguageModelV4FilePart {
  const mediaType = essence(file.mediaType);
  // Browsers do not know the type of many source files.
  if (isText(mediaType) || (isUnknown(mediaType) && decodeTextFile(file.bytes) !== null)) {
    if (file.bytes.byteLength > MAX_TEXT_FILE_BYTES) {
      throw unsupported(
        `The file ${file.filename} is longer than 1 MB, too long for a model. Attach a part of it.`,
      );
    }
    const text = storableText(decodeTextFile(file.bytes) ?? new TextDecoder().decode(file.bytes));
    // As text, not as a file: every model reads it.
    return { type: "text", text: `<file name=${JSON.stringify(file.filename)}>\n${text}\n</file>` };
  }
  if (BINARY_TYPES.has(mediaType)) {
    return { type: "file", filename: file.filename, mediaType, data: { type: "data", data: file.bytes } };
  }
  throw unsupported(
    `The file ${file.filename} (${mediaType || "unknown type"}) is of a kind that models do not read. Attach text, an image or a PDF.`,
  );
}

function isText(mediaType: string): boolean {
  return mediaType.startsWith("text/") || TEXT_TYPES.has(mediaType) || /\+(json|xml)$/.test(mediaType);
}

function isUnknown(mediaType: string): boolean {
  return mediaType === "" || mediaType === "application/octet-stream";
}

/** The media type without its parameters. */
function essence(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

function unsupported(sentence: string): ModelCallError {
  return new ModelCallError("model_unsupported_input_error", sentence);
}
