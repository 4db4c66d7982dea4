/** The kinds of file that the wire takes, by the extension that stands for them. */
const TYPE_BY_EXTENSION: Readonly<Record<string, string>> = {
  png: "image/png",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  bmp: "image/bmp",
  tiff: "image/tiff",
  tif: "image/tiff",
  avif: "image/avif",
  heic: "image/heic",
  heif: "image/heif",
  wav: "audio/wav",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  m4a: "audio/mp4",
  aac: "audio/aac",
  flac: "audio/flac",
  flv: "video/x-flv",
  mov: "video/quicktime",
  mpg: "video/mpeg",
  mpeg: "video/mpeg",
  mp4: "video/mp4",
  webm: "video/webm",
  wmv: "video/wmv",
  "3gp": "video/3gpp",
  pdf: "application/pdf",
  json: "application/json",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  doc: "application/msword",
  ppt: "application/vnd.ms-powerpoint",
  xls: "application/vnd.ms-excel",
  msg: "application/vnd.ms-outlook",
  txt: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  html: "text/html",
  htm: "text/html",
  css: "text/css",
  xml: "text/xml",
  rtf: "text/rtf",
  js: "text/javascript",
  py: "text/x-python",
};

/** Other names of the same kinds. */
const SYNONYMS = [
  "image/jpg",
  "audio/wave",
  "audio/x-wav",
  "audio/mp3",
  "audio/m4a",
  "audio/x-m4a",
  "video/mpegs",
  "video/mpgs",
  "video/mpg",
  "video/x-ms-wmv",
  "application/x-javascript",
  "application/javascript",
  "application/xml",
  "application/rtf",
];

const ACCEPTED = new Set([...Object.values(TYPE_BY_EXTENSION), ...SYNONYMS]);

/**
 * The media type that an upload counts as: the one it claims, or the one of its extension when it claims none that
 * says anything. Null for a kind that is not taken.
 */
export function acceptedMediaType(file: { filename: string; mediaType: string }): string | null {
  const claimed = file.mediaType.toLowerCase();
  if (ACCEPTED.has(claimed)) return claimed;
  if (claimed !== "" && claimed !== "application/octet-stream") return null;
  const extension = /\.([a-z0-9]+)$/i.exec(file.filename)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(TYPE_BY_EXTENSION, extension) ? (TYPE_BY_EXTENSION[extension] ?? null) : null;
}
