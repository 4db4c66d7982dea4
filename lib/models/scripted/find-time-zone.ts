let zoneByCity: Map<string, string> | undefined;

/** The IANA time zone that a text names, itself (`Europe/Berlin`, `UTC`) or by its city (`New York`). */
export function findTimeZone(text: string): string | null {
  zoneByCity ??= new Map(
    Intl.supportedValuesOf("timeZone").flatMap((zone) => {
      const city = zone.split("/").at(-1) ?? zone;
      return [
        [zone.toLowerCase(), zone],
        [city.replaceAll("_", " ").toLowerCase(), zone],
      ];
    }),
  );
  if (/\b(?:UTC|GMT)\b/.test(text)) return "UTC";
  const named = /\b[A-Z][a-z]+\/[A-Z][A-Za-z_/-]+/.exec(text)?.[0];
  const known = named === undefined ? undefined : zoneByCity.get(named.toLowerCase());
  if (known !== undefined) return known;
  for (const [words] of text.matchAll(/\p{Lu}[\p{L}.'-]*(?:\s\p{Lu}[\p{L}.'-]*)*/gu)) {
    const parts = words.toLowerCase().split(/\s/);
    for (let start = 0; start < parts.length; start += 1) {
      const zone = zoneByCity.get(parts.slice(start).join(" "));
      if (zone !== undefined) return zone;
    }
  }
  return null;
}
