/** The most characters of a question that lists show. */
const PREVIEW_LENGTH = 200;

/** The beginning of a question, on one line, for lists. */
export function inputPreview(text: string): string {
  const line = text
    .slice(0, PREVIEW_LENGTH * 4)
    .replaceAll(/\s+/g, " ")
    .trim();
  // By code points: a pair of surrogates must not be cut in two.
  const points = Array.from(line);
  return points.length > PREVIEW_LENGTH ? `${points.slice(0, PREVIEW_LENGTH - 1).join("")}…` : line;
}
