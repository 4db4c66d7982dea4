import { describe, expect, it } from "vitest";
import type { JournalEvent } from "./journal.ts";
import { liveEvents } from "./live-events.ts";
import type { RunEventBody } from "./run-event.ts";

function row(index: number, body: RunEventBody, lastIndex = index, runId = "r1"): JournalEvent {
  return { rootRunId: "r1", runId, index, lastIndex, schemaVersion: 1, createdAtMs: 0, body };
}
const text = (content: string, cuts?: number[]): RunEventBody => ({
  type: "RunContent",
  content,
  content_type: "str",
  ...(cuts === undefined ? {} : { cuts }),
});

describe("the events of a run that count", () => {
  it("leave out what a recovery gave up, the middle of a compacted text included", () => {
    const events = [
      row(0, { type: "RunStarted" }),
      row(1, text("abcdef", [2, 4, 6]), 3),
      row(4, { type: "RunContentCompleted" }),
      row(5, { type: "RunRecovered", discarded_from_index: 3 }),
      row(6, text("gh")),
    ];
    expect(liveEvents(events, "r1").map((event) => [event.index, event.lastIndex, event.body])).toEqual([
      [0, 0, { type: "RunStarted" }],
      [1, 2, text("abcd", [2, 4])],
      [6, 6, text("gh")],
    ]);
  });

  it("leave out the rows of other runs in the tree", () => {
    const events = [row(0, { type: "RunStarted" }), row(1, text("member's"), 1, "r2"), row(2, text("own"))];
    expect(liveEvents(events, "r1").map((event) => event.index)).toEqual([0, 2]);
    expect(liveEvents(events, "r2").map((event) => event.index)).toEqual([1]);
  });
});
