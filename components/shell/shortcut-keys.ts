/** What of a key press decides which shortcut is meant. */
export interface KeyPress {
  key: string;
  metaKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
}

/** Names a key press as shortcuts do: "c", "?", "mod+k"; null when it can belong to none. */
export function pressedKey(press: KeyPress): string | null {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.altKey || ["Shift", "Control", "Meta", "Alt", "Dead", "Process"].includes(key)) return null;
  return press.metaKey || press.ctrlKey ? `mod+${key.toLowerCase()}` : key;
}

interface Match {
  /** The keys of the shortcut that is now complete. */
  complete: string | null;
  /** The first key of a pair whose second is awaited. */
  pending: string | null;
}

/** Decides what a key means after an earlier pending one, given the keys of all shortcuts. */
export function matchShortcut(pressed: string, pending: string | null, known: readonly string[]): Match {
  const pair = pending === null ? null : `${pending} ${pressed}`;
  if (pair !== null && known.includes(pair)) return { complete: pair, pending: null };
  if (known.includes(pressed)) return { complete: pressed, pending: null };
  const opensPair = known.some((keys) => keys.startsWith(`${pressed} `));
  return { complete: null, pending: opensPair ? pressed : null };
}

/** The caps to draw for a shortcut: "g h" is two, "mod+k" is two. */
export function keyCaps(keys: string, apple: boolean): string[] {
  return keys.split(/[ +]/).map((key) => {
    if (key === "mod") return apple ? "⌘" : "Ctrl";
    if (key === "enter") return "↵";
    return key.length === 1 ? key.toUpperCase() : key;
  });
}
