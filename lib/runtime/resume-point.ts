import type { EndReason } from "../core/end-reason.ts";
import type { JournalEvent } from "../core/journal.ts";
import { liveEvents } from "../core/live-events.ts";
import { type RunTurn, runTurns, type TurnToolCall } from "../core/run-turns.ts";
import type { ToolEffect } from "../core/tool.ts";
import { type TranscriptEntry, transcript } from "../core/transcript.ts";
import { brokenRetellingIndex } from "./broken-retelling-index.ts";
import { type ChecksSoFar, checksSoFar } from "./checks-so-far.ts";
import {
  type CallDecision,
  completionSchema,
  decisionsSchema,
  internalRecord,
  type JournalInternals,
  type SentPrompt,
  sentPromptSchema,
  startedCallSchema,
} from "./internal-record.ts";
import { isStopped } from "./is-stopped.ts";
import { type MadeAnswer, madeAnswer } from "./made-answer.ts";
import { drivingBeganAtMs, type TotalsSoFar, totalsSoFar } from "./totals-so-far.ts";
import { waitsOf } from "./waits-of.ts";

/** A call without a result. */
export interface OpenCall extends TurnToolCall {
  /**
   * `waiting`: it was not begun, or a person has said that it did not happen. `begun`: it may be made again as often as
   * one likes. `unknown`: nobody knows what it did.
   */
  progress: "waiting" | "begun" | "unknown";
  /** Why the tool was not even tried; null when it was, or was about to be. */
  refusal: string | null;
  /** The run ends with the refusal. */
  stops?: true;
  /** What people have decided about it. */
  decisions: readonly CallDecision[];
}

/** What a run that somebody drove before does next. */
export type NextStep =
  /** Ask the model: for the first time, once more, or with the results of the last turn. */
  | { kind: "call_model" }
  /** Make the open calls of the last turn, or wait for a person with them. */
  | { kind: "call_tools"; open: OpenCall[] }
  /** Nothing: people have refused to let it go on, or nobody has decided in time. */
  | { kind: "end"; why: EndReason }
  /** Say that the answer is complete. */
  | { kind: "complete" };

/** A question that somebody has added to a run. */
export type AddedQuestion = Extract<TranscriptEntry, { kind: "question" }>;

/** Where a run goes on: a fold of its journal. */
export interface ResumePoint {
  next: NextStep;
  /** The first event that does not count any more; one more than the journal's last when all count. */
  discardedFromIndex: number;
  /** The turns that stand, oldest first. All but an open last one have all their results. */
  turns: RunTurn[];
  /** What was asked after the run's own question, oldest first. */
  added: AddedQuestion[];
  /** What the model is to be told of its last answer once more, when the repair of it has broken off. */
  repair: string | null;
  /** How often it went on after an error. */
  retries: number;
  /** The ids of all tool calls, given-up ones included: none may come twice in a journal. */
  usedCallIds: Set<string>;
  /** What the run has used, and written in the turns that stand. */
  totals: TotalsSoFar;
  /** The same with the text of a turn that broke off: what is kept when the run ends here. */
  totalsIfEnded: TotalsSoFar;
  /** What of its last question and answer was checked. */
  checks: ChecksSoFar;
  /** What other models have made of its last answer. */
  made: MadeAnswer;
  /** The prompt's unchanging part as sent with the first model call; null when there was none. */
  sent: SentPrompt | null;
  /**
   * When the run would have been first driven, in milliseconds since the epoch, had it never waited for a person; null
   * when it never was driven.
   */
  beganAtMs: number | null;
  /** Since when the run waits for people, in milliseconds since the epoch; null when it does not. */
  waitsSinceMs: number | null;
  /** True when a reader knows already that the answer is complete. */
  isContentCompleted: boolean;
  /** True when it has waited for people: it may have open requirements. */
  hasPaused: boolean;
  /** True when its last driver did not bring its work to an end: what comes next is a recovery. */
  isBroken: boolean;
}

/**
 * Finds where a run goes on from its own journal (a root's, in order), whatever its last driver was about when it
 * died. `effectOf` is for journals that do not say what a tool does to the world: null for a tool that is gone.
 */
export function resumePoint(
  journal: readonly JournalEvent[],
  internals: JournalInternals,
  effectOf: (toolName: string) => ToolEffect | null,
): ResumePoint {
  const runId = journal[0]?.rootRunId ?? "";
  const all = journal.filter((event) => event.runId === runId);
  const live = liveEvents(all, runId);
  const turns = runTurns(live);
  const last = turns.at(-1);
  const givenUp = last !== undefined && !isWhole(last, internals);
  const brokenAt = givenUp ? last.startIndex : brokenRetellingIndex(live);
  const kept = brokenAt === null ? live : live.filter((event) => event.index < brokenAt);
  // What a forked run has copied was done, and paid for, by another.
  const forkedAt = all.findLast(({ body }) => body.type === "RunContinued" && body.forked)?.index ?? -1;
  const isOwn = (event: JournalEvent) => event.index > forkedAt;
  const own = all.filter(isOwn);
  const beganAtMs = drivingBeganAtMs(own);
  const waits = waitsOf(own);
  // A run that has waited goes on writing: what was complete then is not any more.
  const pausedAt = live.findLast(({ body }) => body.type === "RunPaused")?.index ?? -1;
  const answerBeganAt = Math.max(last?.startIndex ?? -1, pausedAt);
  const firstRequest = all.find(({ body }) => body.type === "ModelRequestStarted");
  return {
    next: givenUp ? { kind: "call_model" } : nextStep(last, live, internals, effectOf),
    discardedFromIndex: brokenAt ?? (journal.at(-1)?.lastIndex ?? -1) + 1,
    turns: runTurns(kept),
    added: transcript(kept).flatMap((entry) =>
      entry.kind === "question" && entry.startIndex > 0 ? [entry] : [],
    ),
    repair: givenUp ? last.repair : null,
    retries: all.filter(({ body }) => body.type === "RunRecovered" && body.retry_of !== undefined).length,
    usedCallIds: new Set(
      all.flatMap(({ body }) => {
        if (body.type === "ToolCallStarted") return [body.tool.tool_call_id];
        const held = body.type === "ModelRequestCompleted" ? (body.held ?? []) : [];
        return held.map(({ tool }) => tool.tool_call_id);
      }),
    ),
    totals: totalsSoFar(own, kept.filter(isOwn), internals),
    totalsIfEnded: totalsSoFar(own, live.filter(isOwn), internals),
    checks: checksSoFar(kept),
    made: madeAnswer(kept),
    sent:
      firstRequest === undefined
        ? null
        : (internalRecord(internals, firstRequest.index, sentPromptSchema) ?? null),
    beganAtMs: beganAtMs === null ? null : beganAtMs + waits.closedMs,
    waitsSinceMs: waits.openSinceMs,
    isContentCompleted: live.some(
      ({ body, index }) => body.type === "RunContentCompleted" && index > answerBeganAt,
    ),
    hasPaused: own.some(({ body }) => body.type === "RunPaused"),
    isBroken: all.at(-1)?.body.type !== "RunContinued",
  };
}

/**
 * False for a turn that must be asked for again: its answer broke off, or not all of its calls reached the journal. A
 * turn's calls reach it in one commit, before any tool that changes the world is tried.
 */
function isWhole(turn: RunTurn, internals: JournalInternals): boolean {
  if (turn.completedIndex === null) return false;
  const record = internalRecord(internals, turn.completedIndex, completionSchema);
  const atLeast = record?.finish_reason === "tool-calls" ? 1 : 0;
  return turn.calls.length >= (record?.calls ?? atLeast);
}

/** True when somebody wants more than the answer that a turn was: it is no end any more. */
function isAskedAfter(turn: RunTurn, live: readonly JournalEvent[]): boolean {
  return live.some(
    ({ index, body }) =>
      index > turn.startIndex &&
      body.type === "RunContinued" &&
      (body.forked === true || body.input !== undefined),
  );
}

function nextStep(
  last: RunTurn | undefined,
  live: readonly JournalEvent[],
  internals: JournalInternals,
  effectOf: (toolName: string) => ToolEffect | null,
): NextStep {
  const continued = live.flatMap(({ body, index }) => {
    if (body.type !== "RunContinued") return [];
    const record = internalRecord(internals, index, decisionsSchema);
    return record === undefined ? [] : [{ index, record }];
  });
  const { ends_with: sentence, ends_with_type: errorType = "requirement_expired" } =
    continued.at(-1)?.record ?? {};
  if (sentence !== undefined) return { kind: "end", why: { sentence, errorType } };
  if (last === undefined) return { kind: "call_model" };
  if (last.calls.length === 0) return { kind: isAskedAfter(last, live) ? "call_model" : "complete" };
  const open = last.calls.flatMap((call): OpenCall[] => {
    if (call.finishedAtMs !== null) return [];
    const { tool_name: name, tool_call_id: id } = call.tool;
    const decided = continued.flatMap(({ index, record }) =>
      record.decisions.filter((one) => one.tool_call_id === id).map((decision) => ({ index, decision })),
    );
    const decisions = decided.map(({ decision }) => decision);
    const { startedIndex } = call;
    if (startedIndex === null) return [{ ...call, progress: "waiting", refusal: null, decisions }];
    const record = internalRecord(internals, startedIndex, startedCallSchema);
    const refusal = record?.refusal ?? null;
    const mayRepeat = refusal !== null || (record?.effect ?? effectOf(name) ?? "write") !== "write";
    if (mayRepeat) {
      const stops = record?.stops === true ? { stops: record.stops } : {};
      return [{ ...call, progress: "begun", refusal, ...stops, decisions }];
    }
    const isReleased = decided.some(
      ({ index, decision }) => decision.kind === "effect_unknown" && index > startedIndex,
    );
    return [{ ...call, progress: isReleased ? "waiting" : "unknown", refusal, decisions }];
  });
  if (open.length > 0) return { kind: "call_tools", open };
  return { kind: isStopped(last.calls) && !isAskedAfter(last, live) ? "complete" : "call_model" };
}
