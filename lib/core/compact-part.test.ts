import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactPart } from "./compact-part.ts";
import type { JournalEvent } from "./journal.ts";
import type { RunEventBody } from "./run-event.ts";
import { sliceEvent } from "./slice-event.ts";
import { isTextEvent, textOf } from "./text-part.ts";

const pieceArbitrary = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom("👩‍👩‍👧", "\ud83d", "\ude00", "e\u0301", "", "\r\n"),
);
const bodyArbitrary: fc.Arbitrary<RunEventBody> = fc.oneof(
  {
    weight: 4,
    arbitrary: pieceArbitrary.map((content) => ({
      type: "RunContent" as const,
      content,
      content_type: "str",
    })),
  },
  {
    weight: 3,
    arbitrary: pieceArbitrary.map((text) => ({
      type: "ReasoningContentDelta" as const,
      reasoning_content: text,
    })),
  },
  { weight: 1, arbitrary: fc.constant({ type: "RunContentCompleted" as const }) },
);
const journalArbitrary = fc
  .array(fc.record({ body: bodyArbitrary, runId: fc.constantFrom("r", "r", "r", "member") }), {
    maxLength: 40,
  })
  .map((rows) => rows.map((row, index) => eventOf(index, row.body, row.runId)));

function eventOf(index: number, body: RunEventBody, runId = "r"): JournalEvent {
  return {
    rootRunId: "r",
    runId,
    index,
    lastIndex: index,
    schemaVersion: 1,
    createdAtMs: 1000 + index,
    body,
  };
}

/** The journal with the rows of one range merged, as the store does it. */
function compacted(journal: JournalEvent[], from: number, to: number): JournalEvent[] {
  const merged = compactPart(journal.filter((event) => event.index >= from && event.lastIndex <= to));
  const inside = (event: JournalEvent) =>
    merged.some((row) => row.index <= event.index && event.lastIndex <= row.lastIndex);
  return [...journal.filter((event) => !inside(event)), ...merged].sort((a, b) => a.index - b.index);
}

/** Everything that a reader with this cursor gets, as one string a run and type. */
function readFrom(
  journal: JournalEvent[],
  cursor: number,
): { texts: Record<string, string>; cursor: number } {
  const texts: Record<string, string> = {};
  let at = cursor;
  for (const row of journal) {
    const event = sliceEvent(row, at);
    if (event === null) continue;
    expect(event.index).toBe(at + 1);
    at = event.lastIndex;
    const key = `${event.runId} ${event.body.type}`;
    texts[key] = (texts[key] ?? "") + (isTextEvent(event) ? textOf(event.body) : ".");
  }
  return { texts, cursor: at };
}

describe("compaction of closed parts", () => {
  it("gives a reader the same text exactly once, whatever its cursor and whatever was compacted", () => {
    fc.assert(
      fc.property(
        journalArbitrary,
        fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 4 }),
        fc.integer({ min: -1, max: 40 }),
        (journal, ranges, cursorSeed) => {
          const cursor = Math.min(cursorSeed, journal.length - 1);
          const expected = readFrom(journal, cursor);
          const after = ranges.reduce(
            (rows, [a, b]) => compacted(rows, Math.min(a, b), Math.max(a, b)),
            journal,
          );
          expect(readFrom(after, cursor)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never joins pieces of different runs, types or content types", () => {
    const rows = [
      eventOf(0, { type: "RunContent", content: "a", content_type: "str" }),
      eventOf(1, { type: "RunContent", content: "b", content_type: "str" }, "member"),
      eventOf(2, { type: "RunContent", content: "c", content_type: "Movie" }, "member"),
      eventOf(3, { type: "ReasoningContentDelta", reasoning_content: "d" }, "member"),
    ];
    expect(compactPart(rows)).toEqual([]);
  });

  it("records the UTF-16 offset at which each piece ends", () => {
    const rows = ["Hé", "👋", ""].map((content, index) =>
      eventOf(index, { type: "RunContent", content, content_type: "str" }),
    );
    expect(compactPart(rows)).toEqual([
      {
        ...eventOf(0, { type: "RunContent", content: "Hé👋", content_type: "str", cuts: [2, 4, 4] }),
        lastIndex: 2,
      },
    ]);
  });
});
