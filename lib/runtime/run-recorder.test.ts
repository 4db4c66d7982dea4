import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { storableText } from "#lib/core/storable-json.ts";
import { FakeClock } from "#tests/support/fake-clock.ts";
import { MemoryJournal } from "#tests/support/memory-journal.ts";
import { until } from "#tests/support/run-ports.ts";
import { RunRecorder } from "./run-recorder.ts";

function recording() {
  const journal = new MemoryJournal();
  const clock = new FakeClock();
  const failures: unknown[] = [];
  const recorder = new RunRecorder({
    journal,
    lease: { organizationId: "org_1", rootRunId: "r1", generation: 1 },
    runId: "r1",
    sessionId: "s1",
    clock,
    onFailure: (error) => failures.push(error),
  });
  return { journal, clock, recorder, failures };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it("writes the first piece of a part at once and later ones after 40 ms, as one", async () => {
  const { journal, clock, recorder } = recording();
  recorder.openPart("text");
  void recorder.write("a");
  await settle();
  expect(journal.text).toBe("a");
  for (const delta of ["b", "c", "d"]) {
    void recorder.write(delta);
    await settle();
  }
  expect(journal.text).toBe("a");
  clock.advance(39);
  await settle();
  expect(journal.text).toBe("a");
  clock.advance(1);
  await settle();
  expect(journal.bodies("RunContent").map((body) => body.content)).toEqual(["a", "bcd"]);
});

it("writes the end of a part after 40 ms at the latest, though nothing follows it", async () => {
  const { journal, clock, recorder } = recording();
  recorder.openPart("reasoning");
  void recorder.write("a");
  await settle();
  void recorder.write("b");
  expect(recorder.closePart()).toBe("ab");
  clock.advance(40);
  await settle();
  expect(journal.types).toEqual(["ReasoningStarted", "ReasoningContentDelta", "ReasoningCompleted"]);
});

it("commits together what is recorded in one go, and text before the event that follows it", async () => {
  const { journal, recorder } = recording();
  recorder.openPart("text");
  void recorder.write("a");
  await settle();
  void recorder.write("b");
  recorder.closePart();
  recorder.record({ type: "RunContentCompleted" }, { patch: { totalTokens: 1 } });
  recorder.record({ type: "RunError", content: "x" }, { patch: { status: "ERROR" } });
  await recorder.committed();
  expect(journal.appends).toHaveLength(2);
  expect(journal.appends[1]?.events.map((event) => event.body.type)).toEqual([
    "RunContent",
    "RunContentCompleted",
    "RunError",
  ]);
  expect(journal.appends[1]?.patches).toEqual([{ runId: "r1", patch: { totalTokens: 1, status: "ERROR" } }]);
});

it("asks for compaction of a closed part of several rows, with exactly its rows", async () => {
  const { journal, clock, recorder } = recording();
  recorder.record({ type: "ModelRequestStarted" });
  for (const part of ["one", "two"] as const) {
    recorder.openPart("text");
    for (const delta of part) {
      void recorder.write(delta);
      clock.advance(40);
      await settle();
    }
    recorder.closePart();
  }
  recorder.openPart("text");
  void recorder.write("a single row");
  recorder.closePart();
  recorder.record({ type: "RunContentCompleted" });
  await recorder.committed();
  expect(journal.compacted).toEqual([
    [1, 3],
    [4, 6],
  ]);
});

it("makes a fast model wait for a slow journal", async () => {
  const { journal, recorder } = recording();
  let release: () => void = () => undefined;
  journal.hold = () => new Promise((resolve) => (release = resolve));
  recorder.openPart("text");
  expect(recorder.write("a")).toBeUndefined();
  await settle();
  const wait = recorder.write("b".repeat(100_000));
  expect(wait).toBeInstanceOf(Promise);
  journal.hold = () => Promise.resolve();
  release();
  await wait;
  expect(journal.text).toHaveLength(100_001);
});

it("writes nothing more after a failed append, and says so once", async () => {
  const { journal, clock, recorder, failures } = recording();
  journal.generation = 2;
  recorder.openPart("text");
  void recorder.write("a");
  await recorder.committed();
  void recorder.write("b");
  recorder.closePart();
  recorder.record({ type: "RunContentCompleted" });
  await recorder.committed();
  clock.advance(1_000);
  await settle();
  expect(failures).toHaveLength(1);
  expect(journal.events).toEqual([]);
  expect(clock.pending).toBe(0);
});

describe("whatever the chunking and the timing", () => {
  const unit = fc.oneof(
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.constantFrom("\ud83d", "\udc4b", "\0", "👋", "", "x".repeat(40)),
  );
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("write" as const), text: unit }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("advance" as const), ms: fc.nat(60) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("settle" as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("event" as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("part" as const), reasoning: fc.boolean() }) },
  );

  it("the pieces together are the model's text, in order, with nothing that the database refuses", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, slowJournal) => {
        const { journal, clock, recorder } = recording();
        if (slowJournal) journal.hold = settle as () => Promise<void>;
        const expected: string[] = [];
        let open = "";
        let kind = "T:";
        const close = () => {
          const closed = recorder.closePart();
          expect(closed).toBe(storableText(open));
          if (closed !== "") expected.push(kind + closed);
          open = "";
        };
        recorder.openPart("text");
        for (const one of steps) {
          if (one.kind === "write") {
            open += one.text;
            await recorder.write(one.text);
          } else if (one.kind === "advance") clock.advance(one.ms);
          else if (one.kind === "settle") await settle();
          else {
            close();
            if (one.kind === "event") {
              expected.push("E");
              recorder.record({ type: "RunContentCompleted" });
            }
            kind = one.kind === "part" && one.reasoning ? "R:" : "T:";
            recorder.openPart(kind === "R:" ? "reasoning" : "text");
          }
        }
        close();
        await recorder.committed();
        await until(() => clock.pending === 0);
        expect(merged(journal)).toEqual(mergeNeighbours(expected));
        for (const { body } of journal.events) {
          expect(JSON.stringify(body)).not.toMatch(/\\u(0000|d[89a-f])/);
          if (body.type === "RunContent") expect(body.content).not.toBe("");
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** The journal as a list of texts and events, neighbouring pieces of a kind as one. */
function merged(journal: MemoryJournal): string[] {
  return mergeNeighbours(
    journal.events.flatMap(({ body }) => {
      if (body.type === "RunContent") return [`T:${body.content}`];
      if (body.type === "ReasoningContentDelta") return [`R:${body.reasoning_content}`];
      return body.type === "RunContentCompleted" ? ["E"] : [];
    }),
  );
}

function mergeNeighbours(pieces: readonly string[]): string[] {
  const result: string[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    const kind = piece.slice(0, 2);
    if (last !== undefined && kind !== "E" && last.startsWith(kind)) {
      result[result.length - 1] = last + piece.slice(2);
    } else {
      result.push(piece);
    }
  }
  return result;
}
