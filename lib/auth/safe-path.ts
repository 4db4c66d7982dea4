/** Begins with one slash: two, or one and a backslash, begin another site's address. */
const OWN_PATH = /^\/(?![/\\])/;

/** Returns `path` when it leads to a page of this site, else the front page; an address elsewhere is never followed. */
export function safePath(path: string | null | undefined): string {
  if (path === null || path === undefined || !OWN_PATH.test(path)) return "/";
  const parsed = URL.parse(path, "http://this.invalid");
  // Dots in a path can fold into a second slash.
  if (parsed?.host !== "this.invalid" || !OWN_PATH.test(parsed.pathname)) return "/";
  return `${parsed.pathname}${parsed.search}`;
}
