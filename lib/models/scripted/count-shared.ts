/** How many distinct words of `wanted` occur in `words`, in any form. */
export function countShared(wanted: readonly string[], words: readonly string[]): number {
  return [...new Set(wanted)].filter((word) => words.some((other) => isSameWord(word, other))).length;
}

/** True for equal words and for forms of one word: pay and payment, calculate and calculator. */
function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (longer.startsWith(shorter)) return shorter.length >= 3 && longer.length - shorter.length <= 4;
  let shared = 0;
  while (shared < shorter.length && shorter[shared] === longer[shared]) shared += 1;
  return shared >= 5 && shared >= longer.length * 0.7;
}
