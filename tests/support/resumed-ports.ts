import type { JournalEvent } from "#lib/core/journal.ts";
import type { JsonValue } from "#lib/core/json.ts";
import type { RunPorts } from "#lib/runtime/ports.ts";
import { resumePoint } from "#lib/runtime/resume-point.ts";
import { MemoryJournal } from "./memory-journal.ts";

/** What is left of a run in the database when its process has died. */
export interface LeftBehind {
  events: readonly JournalEvent[];
  internals: ReadonlyMap<number, JsonValue>;
  blobs: ReadonlyMap<string, string>;
}

/** The world of the next driver of a run: a new generation on the journal that the last one has left. */
export function resumedPorts(left: LeftBehind, before: RunPorts, changes: Partial<RunPorts> = {}) {
  const generation = before.lease.generation + 1;
  const journal = new MemoryJournal();
  journal.generation = generation;
  journal.events.push(...left.events);
  for (const [index, internal] of left.internals) journal.internals.set(index, internal);
  const tools = changes.tools ?? before.tools;
  const point = resumePoint(
    left.events,
    left.internals,
    (name) => tools.find((tool) => tool.name === name)?.effect ?? null,
  );
  const hash = point.sent?.system;
  const system = point.sent === null ? null : hash ? (left.blobs.get(hash) ?? "") : "";
  const ports: RunPorts = {
    ...before,
    lease: { ...before.lease, generation },
    journal,
    resumption: { point, internals: left.internals, system },
    ...changes,
  };
  return { ports, journal, point };
}
