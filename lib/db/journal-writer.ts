import { randomUUID } from "node:crypto";
import type { AppendRequest, JournalPort, RunLease } from "../core/journal.ts";
import { processSingleton } from "../core/process-singleton.ts";
import type { Scope } from "../core/scope.ts";
import { appendEvents, type RunAppend, toRunAppend } from "./append-events.ts";
import { type ClosedRange, compactRows } from "./compact-rows.ts";
import type { CreateRun, CreateRunResult } from "./create-run.ts";
import { database } from "./database.ts";
import { type EventRow, toJournalEvents } from "./event-row.ts";
import { GroupCommit, type Outcome } from "./group-commit.ts";
import { insertRuns, mayShareBatch, type RunInsert, toRunInsert } from "./insert-runs.ts";
import { journalBus } from "./journal-bus.ts";
import { outboxBell } from "./outbox-bell.ts";
import { statisticsKeeper } from "./statistics-keeper.ts";

/** What a statement may carry. */
const MAX_ROWS = 1_000;
const MAX_BYTES = 4_000_000;
/** Compaction is never urgent: it waits for company, so that it costs the appends little. */
const COMPACTION_DELAY_MS = 200;

/** The process's one way into the journal. */
export interface JournalWriter extends JournalPort {
  /** The name under which this process tells the others what it wrote. */
  readonly origin: string;
  /** Creates a run with its session, its first events, its blobs and its outbox messages, or says why not. */
  createRun(scope: Scope, create: CreateRun): Promise<CreateRunResult>;
  /** Queues the merge of all closed parts in a range of a journal; the journal port's `compact` with an organization. */
  compactRange(range: ClosedRange): void;
  /** Resolves when everything submitted so far is committed, compaction included. */
  drain(): Promise<void>;
}

/** The journal's writer of this process. It opens nothing: it writes to whatever `database()` finds. */
export function journalWriter(): JournalWriter {
  return processSingleton("journal-writer", createJournalWriter);
}

/** Makes a writer. Only one per process keeps the order of what is published; tests make more to play several. */
export function createJournalWriter(): JournalWriter {
  const origin = randomUUID();
  const keepStatistics = statisticsKeeper();
  const creates = new GroupCommit<RunInsert, CreateRunResult>({
    async commit(batch) {
      const outcomes = await commitCreates(batch);
      // Only speed depends on it: without fresh statistics everything is as right as with them.
      await keepStatistics(batch.length).catch(() => {});
      return outcomes;
    },
    fits: mayShareBatch,
    weigh: ({ create, events, json }) => ({
      rows: 1 + events.length,
      bytes: json.length + bytesOf(events) + blobBytesOf(create),
    }),
    maxRows: MAX_ROWS,
    maxBytes: MAX_BYTES,
  });
  const appends = new GroupCommit<RunAppend, { firstIndex: number }>({
    commit: (batch) => commitAppends(batch, origin),
    weigh: ({ events }) => ({ rows: 1 + events.length, bytes: bytesOf(events) }),
    maxRows: MAX_ROWS,
    maxBytes: MAX_BYTES,
  });
  const compactions = new GroupCommit<ClosedRange, null>({
    commit: commitCompactions,
    weigh: ({ firstIndex, lastIndex }) => ({ rows: lastIndex - firstIndex + 1, bytes: 0 }),
    maxRows: MAX_ROWS,
    maxBytes: MAX_BYTES,
    delayMs: COMPACTION_DELAY_MS,
  });

  function compactRange(range: ClosedRange): void {
    // A part that stays in pieces is served just as well, and the next start tries again.
    if (range.lastIndex > range.firstIndex) void compactions.submit(range).catch(() => null);
  }

  return {
    origin,
    async createRun(scope, create) {
      refuseImpossible(scope, create);
      return creates.submit(toRunInsert(scope.organizationId, create));
    },
    append: (request: AppendRequest) => appends.submit(toRunAppend(request)),
    compact(lease: RunLease, firstIndex: number, lastIndex: number) {
      const { organizationId, rootRunId } = lease;
      compactRange({ organizationId, rootRunId, firstIndex, lastIndex });
    },
    compactRange,
    async drain() {
      await creates.drain();
      await appends.drain();
      await compactions.drain();
    },
  };
}

async function commitCreates(batch: readonly RunInsert[]): Promise<Outcome<CreateRunResult>[]> {
  const results = await insertRuns(batch);
  if (batch.some(({ create }, n) => create.outbox !== undefined && results[n]?.kind === "created")) {
    outboxBell().ring();
  }
  for (const [n, { create, organizationId, events }] of batch.entries()) {
    if (results[n]?.kind === "created" && events.length > 0) {
      journalBus().publish(organizationId, create.rootRunId, toJournalEvents(create.rootRunId, events, 0));
    }
  }
  return results.map((value) => ({ ok: true, value }));
}

async function commitAppends(
  batch: readonly RunAppend[],
  origin: string,
): Promise<Outcome<{ firstIndex: number }>[]> {
  const outcomes = await appendEvents(batch, database().kind === "postgres" ? origin : null);
  if (batch.some(({ request }) => request.outbox !== undefined)) outboxBell().ring();
  for (const [n, { request, events }] of batch.entries()) {
    const outcome = outcomes[n];
    if (outcome?.ok !== true || events.length === 0) continue;
    const { organizationId, rootRunId } = request.lease;
    journalBus().publish(
      organizationId,
      rootRunId,
      toJournalEvents(rootRunId, events, outcome.value.firstIndex),
    );
  }
  return outcomes;
}

async function commitCompactions(batch: readonly ClosedRange[]): Promise<Outcome<null>[]> {
  await compactRows(batch);
  return batch.map(() => ({ ok: true, value: null }));
}

function refuseImpossible(scope: Scope, create: CreateRun): void {
  if (scope.subject !== null && scope.subject !== create.subject) {
    throw new Error("A run can only be created for the subject that its caller is bound to.");
  }
  if (create.rootRunId !== create.runId && create.events.length > 0) {
    throw new Error("A member run's events are appended to its root's journal, under the root's lease.");
  }
}

function bytesOf(events: readonly EventRow[]): number {
  return events.reduce((sum, event) => sum + event.json.length, 0);
}

function blobBytesOf({ blobs = [] }: CreateRun): number {
  return blobs.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
}
