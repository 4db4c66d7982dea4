import { validationFailure } from "#lib/core/validation-failure.ts";

/** Splits a URL's query into names and their values, in order. Broken percent escapes and invalid UTF-8 are a 422. */
export function parseQuery(search: string): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  for (const piece of search.replace(/^\?/, "").split("&")) {
    if (piece === "") continue;
    const [rawName = "", ...rest] = piece.split("=");
    const name = decode(rawName);
    pairs.set(name, [...(pairs.get(name) ?? []), decode(rest.join("="))]);
  }
  return pairs;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    const msg = "The query holds a broken percent escape or invalid UTF-8";
    throw validationFailure([{ type: "string_unicode", loc: ["query"], msg, input: null }]);
  }
}
