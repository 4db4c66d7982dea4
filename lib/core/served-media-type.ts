/** Kinds that a browser shows or keeps without running anything that stands in them. */
const INERT =
  /^(?:(?:image|audio|video)\/[\w.-]+|text\/(?:plain|csv|markdown)|application\/(?:pdf|json|rtf|msword|vnd\.[\w.-]+))$/;

/** The media type that an uploaded file may be served under: its own, unless a browser would run or style with it. */
export function servedMediaType(mediaType: string): string {
  return INERT.test(mediaType) ? mediaType : "application/octet-stream";
}
