import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type JournalEvent, LeaseLostError, type RunLease } from "#lib/core/journal.ts";
import type { RunEventBody } from "#lib/core/run-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { isTextEvent, textOf } from "#lib/core/text-part.ts";
import { compactLeftovers } from "#lib/db/compact-leftovers.ts";
import { journalBus } from "#lib/db/journal-bus.ts";
import { createJournalWriter, journalWriter, type JournalWriter } from "#lib/db/journal-writer.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { claimRun, releaseRun } from "#lib/db/run-leases.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newEvent, newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { watchRun } from "./watch-run.ts";

let db: TestDatabase;
let scope: Scope;

beforeAll(async () => {
  db = await openTestDatabase();
  scope = await makeScope();
});
afterAll(async () => {
  await journalWriter().drain();
  await db.close();
});

const pieceArbitrary = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 4 }),
  fc.constantFrom("👩‍👩‍👧", "e\u0301", "", "\r\n", '"\\u0000', "ﷺ"),
);
const piecesArbitrary = fc.array(pieceArbitrary, { minLength: 1, maxLength: 4 });

/** What may happen to a run, one thing after the other. */
const stepArbitrary = fc.oneof(
  { weight: 5, arbitrary: fc.record({ op: fc.constant("text" as const), pieces: piecesArbitrary }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("reasoning" as const), pieces: piecesArbitrary }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("close" as const), compact: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("drain" as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("restart" as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("write_elsewhere" as const) }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constant("watch" as const), back: fc.nat(12) }) },
);
type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** Plays a run, event by event, and keeps the truth that every reader must find. */
class RunScript {
  readonly truth: RunEventBody[] = [{ type: "RunStarted" }];
  readonly runId: string;
  readonly #watchers: Promise<void>[] = [];
  #lease: RunLease;
  #writer: JournalWriter = createJournalWriter();
  #openSince = 1;

  constructor(runId: string, lease: RunLease) {
    this.runId = runId;
    this.#lease = lease;
  }

  async play(step: Step): Promise<void> {
    switch (step.op) {
      case "text":
        return this.append(
          step.pieces.map((content) => ({ type: "RunContent", content, content_type: "str" })),
        );
      case "reasoning":
        return this.append(
          step.pieces.map((text) => ({ type: "ReasoningContentDelta", reasoning_content: text })),
        );
      case "close": {
        const last = this.truth.length - 1;
        await this.append([{ type: "RunContentCompleted" }]);
        if (step.compact) this.#writer.compact(this.#lease, this.#openSince, last);
        this.#openSince = this.truth.length;
        return;
      }
      case "drain":
        return this.#writer.drain();
      case "restart":
        return this.#restart();
      case "write_elsewhere": {
        await this.appendSilently({ type: "ReasoningStarted" });
        journalBus().invalidate(scope.organizationId, this.runId);
        return;
      }
      case "watch":
        this.#watchers.push(this.#watch(Math.max(-1, this.truth.length - 1 - step.back)));
    }
  }

  async append(bodies: RunEventBody[]): Promise<void> {
    const events = bodies.map((body) => newEvent(this.runId, body));
    const firstIndex = this.truth.length;
    this.truth.push(...bodies);
    expect(await this.#writer.append({ lease: this.#lease, events })).toEqual({ firstIndex });
  }

  /** Appends what the bus of this process does not carry, as another replica's commit. */
  async appendSilently(body: RunEventBody): Promise<void> {
    const publish = vi.spyOn(journalBus(), "publish").mockImplementation(() => {});
    await this.append([body]);
    publish.mockRestore();
  }

  async end(): Promise<void> {
    await this.append([
      { type: "RunCompleted", content: "", content_type: "str", metrics: {}, session_state: {} },
    ]);
    await this.#writer.append({
      lease: this.#lease,
      events: [],
      patches: [{ runId: this.runId, patch: { status: "COMPLETED" } }],
    });
    await Promise.all(this.#watchers);
    await this.#writer.drain();
  }

  /** The process stalls, compactions still in its queue; another one takes the run over. */
  async #restart(): Promise<void> {
    const stale = { lease: this.#lease, writer: this.#writer };
    await releaseRun(scope, this.#lease);
    const lease = await claimRun(scope, this.runId, "boot_next");
    if (lease === null) throw new Error("The run could not be taken over.");
    this.#lease = lease;
    this.#writer = createJournalWriter();
    const late = stale.writer.append({
      lease: stale.lease,
      events: [newEvent(this.runId, { type: "RunContent", content: "late", content_type: "str" })],
    });
    await expect(late).rejects.toThrow(LeaseLostError);
  }

  async #watch(cursor: number): Promise<void> {
    const watch = watchRun(scope, this.runId, { afterIndex: cursor });
    const seen: JournalEvent[] = [];
    for (;;) {
      const events = await watch.next(30_000);
      if (events === null) break;
      if (events !== "idle") seen.push(...events);
    }
    watch.close();
    this.check(cursor, seen);
  }

  /** A reader with this cursor must have got everything after it, in order, without a gap, exactly once. */
  check(cursor: number, seen: readonly JournalEvent[]): void {
    let at = cursor;
    for (const event of seen) {
      expect(event.index).toBe(at + 1);
      at = event.lastIndex;
    }
    expect(at).toBe(this.truth.length - 1);
    const missing = this.truth.slice(cursor + 1);
    const ofTruth = (type: string) => missing.filter((body) => body.type === type);
    for (const type of ["RunContent", "ReasoningContentDelta"]) {
      const text = seen.filter(isTextEvent).filter((event) => event.body.type === type);
      const expected = ofTruth(type).map((body) =>
        body.type === "RunContent" ? body.content : reasoning(body),
      );
      expect(text.map((event) => textOf(event.body)).join("")).toBe(expected.join(""));
    }
    const others = seen.filter((event) => !isTextEvent(event)).map(({ body }) => body.type);
    expect(others).toEqual(
      missing
        .map(({ type }) => type)
        .filter((type) => type !== "RunContent" && type !== "ReasoningContentDelta"),
    );
  }

  /** Reads the stored journal from every cursor, in pages of three rows. */
  async checkEveryCursor(): Promise<void> {
    for (let cursor = -1; cursor < this.truth.length; cursor += 1) {
      const seen: JournalEvent[] = [];
      for (;;) {
        const page = await readRunEvents(scope, this.runId, seen.at(-1)?.lastIndex ?? cursor, 3);
        if (page.length === 0) break;
        seen.push(...page);
      }
      this.check(cursor, seen);
    }
  }
}

async function startScript(subject: string | null = null): Promise<RunScript> {
  const run = newRun({ subject });
  const created = await createJournalWriter().createRun(scope, run);
  if (created.kind !== "created") throw new Error(created.kind);
  return new RunScript(run.runId, created.lease);
}

function reasoning(body: RunEventBody): string {
  return body.type === "ReasoningContentDelta" ? body.reasoning_content : "";
}

describe("watching a run", () => {
  it("gives every cursor at every moment the same text exactly once: live, compacted, restarted, written elsewhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 14 }), async (steps) => {
        const script = await startScript();
        for (const step of steps) await script.play(step);
        await script.end();
        await script.checkEveryCursor();
        await compactLeftovers();
        await journalWriter().drain();
        await script.checkEveryCursor();
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it("leaves one row of each closed part, so that a replay reads no pieces", async () => {
    const script = await startScript();
    await script.play({ op: "text", pieces: ["one ", "two ", "three"] });
    await script.play({ op: "close", compact: true });
    await script.play({ op: "reasoning", pieces: ["hm", "m"] });
    await script.play({ op: "drain" });
    const rows = await readRunEvents(scope, script.runId, -1, 100);
    expect(rows.map(({ index, lastIndex }) => [index, lastIndex])).toEqual([
      [0, 0],
      [1, 3],
      [4, 4],
      [5, 5],
      [6, 6],
    ]);
    await script.end();
  });

  it("finds what a crash left in pieces, once, and leaves runs under way alone", async () => {
    await compactLeftovers();
    await journalWriter().drain();
    const under = newRun();
    const ended = newRun();
    const own = await makeScope();
    const writer = createJournalWriter();
    for (const run of [under, ended]) {
      const created = await writer.createRun(own, run);
      if (created.kind !== "created") throw new Error(created.kind);
      const text = ["a", "b"].map((content) =>
        newEvent(run.runId, { type: "RunContent", content, content_type: "str" }),
      );
      const patches = run === ended ? [{ runId: run.runId, patch: { status: "ERROR" as const } }] : [];
      await writer.append({ lease: created.lease, events: text, patches });
    }
    expect(await compactLeftovers()).toBe(1);
    await journalWriter().drain();
    expect(await compactLeftovers()).toBe(0);
    expect(await readRunEvents(own, under.runId, 0, 10)).toHaveLength(2);
    expect(await readRunEvents(own, ended.runId, 0, 10)).toHaveLength(1);
  });

  it("reads again when another replica announces rows while a read is under way", async () => {
    const script = await startScript();
    const watch = watchRun(scope, script.runId, { afterIndex: -1 });
    const first = watch.next(30_000);
    journalBus().invalidate(scope.organizationId, script.runId);
    expect(await first).toHaveLength(1);
    await script.appendSilently({ type: "ReasoningStarted" });
    expect(await watch.next(30_000)).toMatchObject([{ index: 1 }]);
    watch.close();
  });

  it("ends at once for a reader who has seen everything of a run that is over", async () => {
    const script = await startScript();
    await script.end();
    const watch = watchRun(scope, script.runId, { afterIndex: script.truth.length - 1 });
    expect(await watch.next(30_000)).toBeNull();
    watch.close();
  });

  it("reads on behind a failure that the run has got over, wherever a page ends", async () => {
    const script = await startScript();
    for (let written = 1; written < 999; written += 1) script.truth.push({ type: "ReasoningStarted" });
    await script.append(script.truth.splice(1));
    await script.append([{ type: "RunError", content: "no" }, { type: "ReasoningStarted" }]);
    const watch = watchRun(scope, script.runId, { afterIndex: -1 });
    expect((await watch.next(30_000))?.at(-1)).toMatchObject({ index: 999, body: { type: "RunError" } });
    expect(await watch.next(30_000)).toMatchObject([{ index: 1_000 }]);
    watch.close();
    await script.end();
  });

  it("stops before a gap between live events and reads what is missing there", async () => {
    const script = await startScript();
    const watch = watchRun(scope, script.runId, { afterIndex: 0, caughtUp: true });
    await script.append([{ type: "ReasoningStarted" }]);
    await script.appendSilently({ type: "ReasoningStarted" });
    await script.append([{ type: "RunContentCompleted" }]);
    expect(await watch.next(30_000)).toMatchObject([{ index: 1 }]);
    expect(await watch.next(30_000)).toMatchObject([{ index: 2 }, { index: 3 }]);
    watch.close();
  });

  it("keeps only so much in memory for a reader who does not keep up: the rest is in the journal", async () => {
    for (const { count, from } of [
      { count: 900, from: "memory" },
      { count: 1_200, from: "the journal" },
    ]) {
      const script = await startScript();
      const watch = watchRun(scope, script.runId, { afterIndex: 0, caughtUp: true });
      for (let written = 0; written < count; written += 300) {
        const body: RunEventBody = { type: "RunContent", content: "memory", content_type: "str" };
        await script.append(Array.from({ length: 300 }, () => body));
      }
      await db.pool.query(
        `UPDATE "RunEvent" SET data = jsonb_set(data::jsonb, '{content}', '"the journal"') WHERE "rootRunId" = $1
         AND type = 'RunContent'`,
        [script.runId],
      );
      const seen: JournalEvent[] = [];
      while (seen.length < count) {
        const events = await watch.next(30_000);
        if (Array.isArray(events)) seen.push(...events);
      }
      watch.close();
      expect(seen.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, n) => n + 1));
      expect(new Set(seen.filter(isTextEvent).map(({ body }) => textOf(body)))).toEqual(new Set([from]));
    }
  });

  it("shows a stranger nothing, also of what is being written", async () => {
    const script = await startScript("ada");
    for (const stranger of [await makeScope(), await makeScope({ ...scope, subject: "eve" })]) {
      const watch = watchRun(stranger, script.runId, { afterIndex: -1 });
      expect(await watch.next(30_000)).toBeNull();
      await script.append([{ type: "ReasoningStarted" }]);
      expect(await watch.next(30_000)).toBeNull();
      watch.close();
    }
  });
});
