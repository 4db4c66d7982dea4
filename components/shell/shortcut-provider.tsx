"use client";

import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Shortcut, ShortcutContext } from "./shortcut-context.ts";
import { matchShortcut, pressedKey } from "./shortcut-keys.ts";
import { ShortcutSheet } from "./shortcut-sheet.tsx";
import { useSingleKeys } from "./use-single-keys.ts";

const PAIR_TIMEOUT_MS = 1_500;
const LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=combobox], [role=textbox]"))
  );
}

/** Listens for keys and runs the shortcut that was pressed; `?` shows the sheet of the keys that work here. */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const shortcuts = useRef(new Set<Shortcut>());
  const pending = useRef<{ key: string; atMs: number } | null>(null);
  const [listed, setListed] = useState<readonly Shortcut[] | null>(null);
  const [singleKeys, setSingleKeys] = useSingleKeys();

  // An open sheet follows the page: what is still loading brings its keys later.
  const register = useCallback((shortcut: Shortcut) => {
    const relist = () => setListed((current) => (current === null ? null : [...shortcuts.current]));
    shortcuts.current.add(shortcut);
    relist();
    return () => {
      shortcuts.current.delete(shortcut);
      relist();
    };
  }, []);

  const showSheet = useCallback(() => setListed([...shortcuts.current]), []);
  useEffect(
    () => register({ keys: "?", label: "Show these keys", group: "Do", run: showSheet }),
    [register, showSheet],
  );

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.repeat) return;
      const pressed = pressedKey(event);
      if (pressed === null) return;
      const single = !pressed.startsWith("mod+");
      if (single && (!singleKeys || isTyping(event.target) || document.querySelector(LAYERS) !== null))
        return;
      const waiting = pending.current;
      const first = waiting !== null && event.timeStamp - waiting.atMs < PAIR_TIMEOUT_MS ? waiting.key : null;
      const all = [...shortcuts.current];
      const match = matchShortcut(
        pressed,
        first,
        all.map((shortcut) => shortcut.keys),
      );
      pending.current = match.pending === null ? null : { key: match.pending, atMs: event.timeStamp };
      if (match.complete === null) return;
      event.preventDefault();
      all.findLast((shortcut) => shortcut.keys === match.complete)?.run();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [singleKeys]);

  const registry = useMemo(() => ({ register }), [register]);
  return (
    <ShortcutContext value={registry}>
      {children}
      <ShortcutSheet
        shortcuts={listed}
        onClose={() => setListed(null)}
        singleKeys={singleKeys}
        onSingleKeysChange={setSingleKeys}
      />
    </ShortcutContext>
  );
}
