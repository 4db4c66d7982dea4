import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newExecution } from "#lib/runtime/new-execution.ts";
import { cutTranscript } from "./cut-transcript.ts";
import type { RunTurn } from "./run-turns.ts";
import type { TranscriptEntry } from "./transcript.ts";

function question(startIndex: number): TranscriptEntry {
  return { kind: "question", startIndex, createdAtMs: 0, input: { content: "?" } };
}

/** A turn of so many calls, of which some have their results. */
function turn(startIndex: number, calls = 0, finished = calls, completed = true): TranscriptEntry {
  const made: RunTurn["calls"] = Array.from({ length: calls }, (_, position) => ({
    position,
    tool: newExecution(`c${position}`, "add", {}, 0),
    askedArgs: {},
    attempts: 1,
    startedIndex: startIndex + 1,
    finishedAtMs: position < finished ? 1 : null,
  }));
  return {
    kind: "turn",
    startIndex,
    turn: {
      startIndex,
      completedIndex: completed ? startIndex + 1 : null,
      createdAtMs: 0,
      repair: null,
      text: "Said.",
      reasoning: "",
      completed: null,
      calls: made,
    },
  };
}

// system · user · assistant with two calls · two results · assistant · user · assistant
const WHOLE = [question(0), turn(1, 2), turn(10), question(20), turn(21)];

describe("a conversation is cut", () => {
  it.each([
    ["end", 8, null],
    ["last_user", 7, 21],
    ["last_answer", 7, 21],
    [8, 8, null],
    [7, 7, 21],
    [6, 6, 20],
    [5, 5, 10],
    [2, 2, 1],
    [1, 1, 0],
    [0, 0, 0],
  ] as const)("at %s: %i messages stand", (place, messageIndex, untilIndex) => {
    expect(cutTranscript(WHOLE, place, 1)).toMatchObject({ messageIndex, untilIndex });
  });

  it("never between a call and its result: the place snaps down before the turn", () => {
    for (const place of [3, 4]) {
      expect(cutTranscript(WHOLE, place, 1)).toMatchObject({ messageIndex: 2, untilIndex: 1 });
    }
  });

  it("before the answer, with the tools' results: they are not made once more", () => {
    const entries = [question(0), turn(1, 2), turn(10)];
    expect(cutTranscript(entries, "last_answer", 0)).toMatchObject({ messageIndex: 4, untilIndex: 10 });
    expect(cutTranscript([question(0), turn(1, 1)], "last_answer", 0)).toMatchObject({ untilIndex: null });
  });

  it("before a call that has no result, and before an answer that broke off, wherever it was to be", () => {
    for (const broken of [turn(1, 2, 1), turn(1, 0, 0, false)]) {
      for (const place of ["end", "last_answer", 9] as const) {
        const cut = cutTranscript([question(0), broken], place, 1);
        expect(cut).toMatchObject({ messageIndex: 2, untilIndex: 1 });
        expect(cut.entries).toHaveLength(1);
      }
    }
  });

  it("so that every call that stands has its result, wherever that is, and no later place leaves less", () => {
    const made = fc.record({ calls: fc.nat(3), missing: fc.nat(1), whole: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.option(made), { maxLength: 8 }), fc.nat(30), (steps, place) => {
        const entries = [
          question(0),
          ...steps.map((step, at) =>
            step === null
              ? question(at * 10 + 10)
              : turn(at * 10 + 10, step.calls, Math.max(0, step.calls - step.missing), step.whole),
          ),
        ];
        const cut = cutTranscript(entries, place, 1);
        for (const entry of cut.entries) {
          if (entry.kind === "question") continue;
          expect(entry.turn.completedIndex).not.toBeNull();
          expect(entry.turn.calls.every(({ finishedAtMs }) => finishedAtMs !== null)).toBe(true);
        }
        expect(cut.messageIndex).toBeLessThanOrEqual(place);
        expect(cut.untilIndex).toBe(entries[cut.entries.length]?.startIndex ?? null);
        const later = cutTranscript(entries, place + 1, 1);
        expect(later.entries.length).toBeGreaterThanOrEqual(cut.entries.length);
        // Snapped once, it stays.
        expect(cutTranscript(entries, Math.max(1, cut.messageIndex), 1).entries).toEqual(
          place === 0 ? [] : cut.entries,
        );
      }),
    );
  });
});
