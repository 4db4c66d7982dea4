/** True when a text fits a pattern as a whole: `*` stands for any characters, `?` for one. Linear in both. */
export function fitsGlob(pattern: string, text: string): boolean {
  let at = 0;
  let inPattern = 0;
  /** Where the last star stands, and how far the text was then: from there another try is made. */
  let star = -1;
  let triedFrom = 0;
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === "*") {
      star = inPattern++;
      triedFrom = at;
    } else if (wanted === "?" || (wanted !== undefined && wanted === text[at])) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++triedFrom;
    } else return false;
  }
  while (pattern[inPattern] === "*") inPattern++;
  return inPattern === pattern.length;
}
