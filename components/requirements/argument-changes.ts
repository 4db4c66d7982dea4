import type { JsonObject, JsonValue } from "#lib/core/json.ts";

/** One argument of a call beside what a person has made of it. */
export interface ArgumentChange {
  name: string;
  /** As text; null where it is left out. */
  before: string | null;
  after: string | null;
  changed: boolean;
}

/** Compares a call's arguments with a person's, in the order of the call's. */
export function argumentChanges(before: JsonObject, after: JsonObject): ArgumentChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.map((name) => ({
    name,
    before: textOf(before[name]),
    after: textOf(after[name]),
    changed: sorted(before[name]) !== sorted(after[name]),
  }));
}

function textOf(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** JSON that is the same for objects that differ only in the order of their keys. */
function sorted(value: JsonValue | undefined): string | undefined {
  return JSON.stringify(value, (_, entry: JsonValue) =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : entry,
  );
}
