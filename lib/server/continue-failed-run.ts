import { AppError } from "#lib/core/app-error.ts";
import { cutTranscript } from "#lib/core/cut-transcript.ts";
import type { NewEvent } from "#lib/core/journal.ts";
import { liveEvents } from "#lib/core/live-events.ts";
import { leadingMessages } from "#lib/core/run-checkpoints.ts";
import type { Scope } from "#lib/core/scope.ts";
import { continueFailedRun as continueStoredRun } from "#lib/db/continue-failed-run.ts";
import { brokenRetellingIndex } from "#lib/runtime/broken-retelling-index.ts";
import { bootId } from "./boot-id.ts";
import { driveContinuedRun } from "./drive-continued-run.ts";
import type { RunBegun } from "./fork-run.ts";
import { placeContested } from "./place-contested.ts";
import type { RunControl } from "./read-run-control.ts";
import type { RunTranscript } from "./read-run-transcript.ts";
import { refuseToForgetEffects } from "./refuse-to-forget-effects.ts";
import { runDrivers } from "./run-drivers.ts";
import { runStateConflict } from "./run-state-conflict.ts";

/**
 * Goes on with a failed run under its own id. What it has said after the wanted place is given up; calls of its last
 * turn that have no result yet are made, or waited for, unless something else is asked. Throws bad_request for a place
 * that the run does not have, conflict when it has changed meanwhile or another answer is under way in its place, not_found
 * when it is gone.
 */
export async function continueFailedRun(
  scope: Scope,
  source: RunTranscript,
  control: RunControl,
  background: boolean,
): Promise<RunBegun> {
  const { run } = source;
  const inProcess = !background && runDrivers().accepting();
  const result = await continueStoredRun(scope, {
    runId: run.id,
    nextIndex: run.nextIndex,
    events: await eventsOf(scope, source, control),
    bootId: inProcess ? bootId() : null,
  });
  if (result === null) throw new AppError("not_found", "Run not found");
  if (result.kind === "changed") throw runStateConflict(result.status);
  if (result.kind === "contested") throw placeContested();
  if (result.lease !== null) driveContinuedRun(scope, run, result.lease);
  return { run, afterIndex: run.nextIndex - 1 };
}

async function eventsOf(scope: Scope, source: RunTranscript, control: RunControl): Promise<NewEvent[]> {
  const { run, entries, events, messages } = source;
  const { place, input, screened } = control;
  if (typeof place === "number" && place > messages.length) {
    throw new AppError("bad_request", `continue_from must be between 0 and ${messages.length}`);
  }
  const cut = cutTranscript(entries, place, leadingMessages(messages));
  if (cut.entries.length === 0) {
    throw new AppError(
      "bad_request",
      "A run keeps its question. Set fork=true to ask another one instead, or give a later continue_from.",
    );
  }
  const failedAt = events.findLast(({ body }) => body.type === "RunError")?.index ?? run.nextIndex;
  const last = entries.at(-1);
  // What broke off is asked for again; a turn whose calls are all known is finished first.
  const broken =
    last?.kind === "turn" && last.turn.completedIndex === null
      ? last.startIndex
      : brokenRetellingIndex(liveEvents(events, run.id));
  const goesOnAsItIs = place === "end" && input === null;
  if (!goesOnAsItIs) await refuseToForgetEffects(scope, run.id, entries.slice(cut.entries.length));
  const untilIndex = goesOnAsItIs ? broken : cut.untilIndex;
  const base = { runId: run.id, createdAtMs: Date.now() };
  return [
    { ...base, body: { type: "RunRecovered", discarded_from_index: untilIndex ?? failedAt } },
    {
      ...base,
      body: {
        type: "RunContinued",
        tools: [],
        ...(input === null
          ? {}
          : { input: { content: input, ...(screened === undefined ? {} : { screened }) } }),
      },
      // What was decided about calls that were given up counts no more, nor that the run was to end.
      internal: { decisions: [] },
    },
  ];
}
