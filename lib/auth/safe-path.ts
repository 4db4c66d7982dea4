/** Returns `path` when it leads to a page of this site, else the front page; an address elsewhere is never followed. */
export function safePath(path: string | null | undefined): string {
  if (path === null || path === undefined || !/^\/(?![/\\])/.test(path)) return "/";
  const parsed = URL.parse(path, "http://this.invalid");
  return parsed?.host === "this.invalid" ? `${parsed.pathname}${parsed.search}` : "/";
}
