/**
 * How well a text fits what was typed, 0 for not at all: every typed word is somewhere in it, in any order. A word that
 * begins one of the text's own counts more than one inside. Letters strewn over the text are no match: who types "berlin"
 * and presses Enter means Berlin.
 */
export function matchWords(text: string, typed: string): number {
  const sought = words(typed);
  const own = words(text);
  const scores = sought.map((word) =>
    own.some((one) => one.startsWith(word)) ? 1 : own.some((one) => one.includes(word)) ? 0.5 : 0,
  );
  return scores.length === 0 ? 1 : scores.some((score) => score === 0) ? 0 : Math.min(...scores);
}

function words(text: string): string[] {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[\s/_]+/)
    .filter((word) => word !== "");
}
