"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { type JsonObject, jsonObjectSchema } from "#lib/core/json.ts";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The arguments as somebody has changed them but not yet sent; kept in this tab across a reload. Null for none. */
export function useDraft(requirementId: string): [JsonObject | null, (draft: JsonObject | null) => void] {
  const key = `gatehouse.draft.${requirementId}`;
  const text = useSyncExternalStore(
    subscribe,
    () => sessionStorage.getItem(key),
    () => null,
  );
  const draft = useMemo(() => (text === null ? null : parsed(text)), [text]);
  const change = useCallback(
    (next: JsonObject | null) => {
      if (next === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(next));
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [draft, change];
}

function parsed(text: string): JsonObject | null {
  try {
    return jsonObjectSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
