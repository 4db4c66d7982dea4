import { randomUUID } from "node:crypto";
import { AppError } from "#lib/core/app-error.ts";
import { cutTranscript } from "#lib/core/cut-transcript.ts";
import { inputPreview } from "#lib/core/input-preview.ts";
import type { JournalEvent, NewEvent } from "#lib/core/journal.ts";
import { leadingMessages } from "#lib/core/run-checkpoints.ts";
import type { RunEventType, RunInput } from "#lib/core/run-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { forkRun as forkStoredRun } from "#lib/db/fork-run.ts";
import type { RunSummary } from "#lib/db/run-row.ts";
import { bootId } from "./boot-id.ts";
import { driveContinuedRun } from "./drive-continued-run.ts";
import { placeContested } from "./place-contested.ts";
import type { RunControl } from "./read-run-control.ts";
import type { RunTranscript } from "./read-run-transcript.ts";
import { refuseToForgetEffects } from "./refuse-to-forget-effects.ts";
import { runDrivers } from "./run-drivers.ts";
import { runStateConflict } from "./run-state-conflict.ts";

/** A run that has begun, and the index before its first own event. */
export interface RunBegun {
  run: RunSummary;
  afterIndex: number;
}

/**
 * Goes on with a run under a new id: what it said up to the wanted place is copied, and the model goes on from there.
 * Throws bad_request for a place that the run does not have or that leaves nothing to answer, conflict when the run has
 * changed meanwhile or another answer is under way in its place, not_found when it is gone.
 */
export async function forkRun(
  scope: Scope,
  source: RunTranscript,
  control: RunControl,
  background: boolean,
): Promise<RunBegun> {
  const { run, events, entries, messages } = source;
  if (typeof control.place === "number" && control.place > messages.length) {
    throw new AppError("bad_request", `continue_from must be between 0 and ${messages.length}`);
  }
  const cut = cutTranscript(entries, control.place, leadingMessages(messages));
  await refuseToForgetEffects(scope, run.id, entries.slice(cut.entries.length));
  const runId = randomUUID();
  const question = cut.entries.length === 0 ? questionInstead(source, control) : null;
  const untilIndex = question === null ? (cut.untilIndex ?? endOf(events)) : 0;
  const inProcess = !background && runDrivers().accepting();
  const result = await forkStoredRun(scope, {
    source: { id: run.id, status: run.status, nextIndex: run.nextIndex },
    runId,
    untilIndex,
    messageIndex: cut.messageIndex,
    event: question === null ? goneOn(runId, control) : begun(runId, source, question),
    question: question === null ? null : { input: question, preview: inputPreview(question.content) },
    regenerates: control.regenerate,
    replaces: control.replaces,
    bootId: inProcess ? bootId() : null,
  });
  if (result === null) throw new AppError("not_found", "Run not found");
  if (result.kind === "changed") throw runStateConflict(result.status);
  if (result.kind === "contested") throw placeContested();
  if (result.lease !== null) driveContinuedRun(scope, run, result.lease);
  return { run: { ...run, id: runId, rootRunId: runId, parentRunId: null }, afterIndex: untilIndex - 1 };
}

/** What is asked in the place of the run's own question; its files stay. */
function questionInstead({ entries }: RunTranscript, { input, screened }: RunControl): RunInput {
  if (input === null) {
    throw new AppError(
      "bad_request",
      "Nothing is left to answer there. Give input, or a later continue_from.",
    );
  }
  const [first] = entries;
  const attachments = first?.kind === "question" ? first.input.attachments : undefined;
  return {
    content: input,
    ...(attachments === undefined ? {} : { attachments }),
    ...(screened === undefined ? {} : { screened }),
  };
}

function goneOn(runId: string, { input, screened }: RunControl): NewEvent {
  return {
    runId,
    createdAtMs: Date.now(),
    body: {
      type: "RunContinued",
      tools: [],
      ...(input === null
        ? {}
        : { input: { content: input, ...(screened === undefined ? {} : { screened }) } }),
      forked: true,
    },
    // That the other run was to end counts no more.
    internal: { decisions: [] },
  };
}

function begun(runId: string, { run, events }: RunTranscript, input: RunInput): NewEvent {
  const model = { model: run.modelId ?? "", model_provider: run.modelProvider ?? "" };
  const started = events[0]?.body;
  const overrides = started?.type === "RunStarted" ? started.overrides : undefined;
  return {
    runId,
    createdAtMs: Date.now(),
    body: {
      type: "RunStarted",
      ...model,
      input,
      ...(overrides === undefined ? {} : { overrides }),
    },
  };
}

const ENDS = new Set<RunEventType>(["RunCompleted", "RunError", "RunCancelled"]);

/** Index behind all that a run has said: of the event that tells of its end. */
function endOf(events: readonly JournalEvent[]): number {
  const last = events.at(-1);
  if (last === undefined) return 0;
  return ENDS.has(last.body.type) ? last.index : last.lastIndex + 1;
}
