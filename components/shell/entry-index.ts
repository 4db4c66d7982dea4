/**
 * The place of the current page in the tab's history, counted from its first; null in a browser that does not tell
 * (its Navigation API is missing).
 */
export function entryIndex(): number | null {
  const navigation = (globalThis as { navigation?: { currentEntry: { index: number } | null } }).navigation;
  return navigation?.currentEntry?.index ?? null;
}
