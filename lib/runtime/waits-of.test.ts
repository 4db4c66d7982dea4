import { expect, it } from "vitest";
import type { JournalEvent } from "#lib/core/journal.ts";
import type { RunEventBody } from "#lib/core/run-event.ts";
import { waitsOf } from "./waits-of.ts";

/** Events one second apart. */
function journal(...bodies: RunEventBody[]): JournalEvent[] {
  return bodies.map((body, index) => ({
    rootRunId: "r",
    runId: "r",
    index,
    lastIndex: index,
    schemaVersion: 1,
    createdAtMs: index * 1_000,
    body,
  }));
}

const paused: RunEventBody = { type: "RunPaused", content: "", tools: [], requirements: [] };
const continued: RunEventBody = { type: "RunContinued", tools: [] };
const failed: RunEventBody = { type: "RunError", content: "no" };
const recovered: RunEventBody = { type: "RunRecovered", discarded_from_index: 1 };

it("a run waits from its pause, or from its failure, until somebody goes on with it", () => {
  expect(waitsOf(journal({ type: "RunStarted" }, paused, paused, continued))).toEqual({
    closedMs: 2_000,
    openSinceMs: null,
  });
  expect(waitsOf(journal({ type: "RunStarted" }, failed, recovered, continued))).toEqual({
    closedMs: 2_000,
    openSinceMs: null,
  });
  expect(waitsOf(journal(paused, continued, failed))).toEqual({ closedMs: 1_000, openSinceMs: 2_000 });
});
