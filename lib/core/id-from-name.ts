/**
 * Derives an id from a name, as the wire does: lower case, accents dropped, everything else a hyphen, at most 64
 * characters. A name without a single Latin letter or digit gives the fallback.
 */
export function idFromName(name: string, fallback: string): string {
  const id = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, "");
  return id === "" ? fallback : id;
}
