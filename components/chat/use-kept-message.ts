"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { z } from "zod";

const keptSchema = z.object({ text: z.string(), later: z.boolean(), fileCount: z.number() });

/** A message that is not sent yet. */
export interface KeptMessage {
  text: string;
  /** It goes out by itself when the answer before it has ended. */
  later: boolean;
  /** How many files go with it; they are not kept across a reload. */
  fileCount: number;
}

const NONE: KeptMessage = { text: "", later: false, fileCount: 0 };
const listeners = new Set<() => void>();
/** What this page has written; stands where the browser keeps nothing for us. */
const written = new Map<string, string>();

/** The message that is being written under `key`; it stays in this tab across a reload. */
export function useKeptMessage(key: string): [KeptMessage, (change: Partial<KeptMessage>) => void] {
  const name = `gatehouse.message.${key}`;
  const stored = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => "",
  );
  const message = useMemo(() => parsed(stored), [stored]);
  const change = useCallback((part: Partial<KeptMessage>) => write(name, part), [name]);
  return [message, change];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(name: string): string {
  const own = written.get(name);
  if (own !== undefined) return own;
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function write(name: string, part: Partial<KeptMessage>): void {
  const next = { ...parsed(read(name)), ...part };
  const isEmpty = next.text === "" && next.fileCount === 0;
  const text = isEmpty ? "" : JSON.stringify(next);
  written.set(name, text);
  try {
    if (isEmpty) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // No room, or none is allowed: it stays in this page.
  }
  for (const listener of listeners) listener();
}

function parsed(text: string): KeptMessage {
  if (text === "") return NONE;
  try {
    return keptSchema.parse(JSON.parse(text));
  } catch {
    return NONE;
  }
}
