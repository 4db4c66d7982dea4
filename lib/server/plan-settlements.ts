import { AppError } from "#lib/core/app-error.ts";
import type { EndReason } from "#lib/core/end-reason.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { CallAnswer } from "#lib/core/posted-tools.ts";
import type { Tool } from "#lib/core/tool.ts";
import type { ApprovalVote, RequirementRecord } from "#lib/db/requirements.ts";
import type { Settlement, SettlementPlan, Voting } from "#lib/db/settlement.ts";
import { hashJson } from "#lib/runtime/hash-json.ts";
import { type SettledCall, settleCall, ToolChangedError } from "#lib/runtime/settle-call.ts";
import { ChangedTool } from "./changed-tool.ts";
import type { Decider } from "./decider.ts";
import { refuseToDecide } from "./refuse-to-decide.ts";
import { screenAnswer, screenResolution } from "./screen-answer.ts";

/** What a pause is decided with. */
export interface DecidingContext {
  answers: readonly CallAnswer[];
  /** The tools that the run would use now, by name. */
  tools: ReadonlyMap<string, Tool>;
  decider: Decider;
  /** What came with the answer, as it was sent; null for a continue. */
  resolution: JsonObject | null;
  /** Masks what people say to the agent before it is kept; throws AppError for what the agent does not take. */
  screen?: (text: string) => string;
  nowMs: number;
}

/**
 * Says what is to be written when these answers are given to a pause. Answers about calls that nobody waits for, and
 * those that were given before, say nothing. Throws AppError (bad_request, forbidden, conflict, invalid) or ChangedTool
 * when an answer cannot be taken, or when none decides anything.
 */
export function planSettlements(
  pause: readonly RequirementRecord[],
  context: DecidingContext,
): SettlementPlan {
  const settlements: Settlement[] = [];
  const votings: Voting[] = [];
  let repeated: RequirementRecord | null = null;
  for (const given of context.answers) {
    const requirement = pause.find(({ toolCallId }) => toolCallId === given.toolCallId);
    const isTalk = isInquiry(requirement, context.tools);
    const answer = context.screen === undefined ? given : screenAnswer(given, isTalk, context.screen);
    const settled = requirement === undefined ? null : settle(requirement, answer, context.tools);
    if (requirement === undefined || settled === null) continue;
    if (answer.requirementId !== null && answer.requirementId !== requirement.id)
      throw askedSince(requirement);
    if (requirement.status !== "open") {
      // Callers post copies of all calls; one that says what was said before says nothing new.
      if (hashJson(settled.tool) !== hashJson(requirement.settled)) throw decidedBefore(requirement);
      repeated = requirement;
      continue;
    }
    if ([...settlements, ...votings].some(({ requirementId }) => requirementId === requirement.id)) {
      throw new AppError("bad_request", `The call ${answer.toolCallId} is decided about twice.`);
    }
    const written = decide(requirement, settled, answer, {
      ...context,
      resolution: screenedResolution(context, isTalk),
    });
    if ("votes" in written) votings.push(written);
    else settlements.push(written);
  }
  if (settlements.length + votings.length > 0) return { settlements, votings };
  throw repeated === null ? nothingDecided(pause, context.decider) : decidedBefore(repeated);
}

function decide(
  requirement: RequirementRecord,
  settled: SettledCall,
  answer: CallAnswer,
  { decider, resolution, nowMs }: DecidingContext,
): Settlement | Voting {
  const { expiresAt, toolName, rule } = requirement;
  if (expiresAt !== null && expiresAt.getTime() <= nowMs) {
    throw new AppError("conflict", `The time to decide about the call of ${toolName} is over.`);
  }
  const refusal = refuseToDecide(decider, requirement, settled.outcome);
  if (refusal !== null) throw refusal;
  const changed = settled.argumentsHash !== null && settled.argumentsHash !== requirement.argumentsHash;
  const details: JsonObject = {
    ...(changed ? { changed_arguments_hash: settled.argumentsHash } : {}),
    ...(answer.note === null ? {} : { note: answer.note }),
  };
  const needed = rule?.approvalsRequired ?? 1;
  if (settled.outcome === "approved" && needed > 1) {
    if (changed) {
      throw new AppError(
        "invalid",
        `Two people approve the call of ${toolName} as it was asked: leave its arguments, or refuse it.`,
      );
    }
    if (requirement.votes.some(({ by }) => by === decider.name)) {
      throw new AppError(
        "conflict",
        `You have approved the call of ${toolName} before: it takes a second person.`,
      );
    }
    const vote = voteOf(settled, decider, nowMs);
    const other = requirement.votes.find(({ said }) => said !== undefined && said !== vote.said);
    if (other !== undefined) throw saidOtherwise(requirement, other);
    const votes = [...requirement.votes, vote];
    if (votes.length < needed) return { requirementId: requirement.id, votes, details };
    details["approved_by"] = votes.map(({ by }) => by);
  }
  return {
    requirementId: requirement.id,
    status: "settled",
    outcome: settled.outcome,
    settled: settled.tool,
    settledHash: settled.argumentsHash,
    resolution,
    details,
    ...(requirement.kind === "budget" && settled.outcome === "rejected"
      ? { endsWith: moneyRefused(answer.note) }
      : {}),
  };
}

/** Who refused is in the requirement and in the audit trail; the sentence is for whoever asked. */
function moneyRefused(note: string | null): EndReason {
  const why = note === null ? "" : `: ${note.replace(/\.$/, "")}`;
  return {
    sentence: `The run was refused more money${why}. Raise the budget, or ask for less.`,
    errorType: "budget_refused",
  };
}

function voteOf({ tool }: SettledCall, decider: Decider, nowMs: number): ApprovalVote {
  const { result } = tool;
  return {
    by: decider.name,
    at: new Date(nowMs).toISOString(),
    // Two people mean the same, whatever each of them notes about it.
    said: hashJson({ ...tool, confirmation_note: null }),
    ...(result === null ? {} : { result }),
  };
}

function saidOtherwise({ toolName }: RequirementRecord, { by, result }: ApprovalVote): AppError {
  const what = result === undefined ? "" : `: "${result.slice(0, 200)}"`;
  return new AppError(
    "conflict",
    `${by} has answered otherwise about the call of ${toolName}${what}. It takes two who say the same: say so, too, or refuse it.`,
  );
}

/** True when the agent itself has asked: the answer is told to the model, not given to a tool. */
function isInquiry(requirement: RequirementRecord | undefined, tools: ReadonlyMap<string, Tool>): boolean {
  return requirement !== undefined && tools.get(requirement.toolName)?.inquire !== undefined;
}

function screenedResolution({ resolution, screen }: DecidingContext, isTalk: boolean): JsonObject | null {
  return resolution === null || screen === undefined
    ? resolution
    : screenResolution(resolution, isTalk, screen);
}

function settle(
  requirement: RequirementRecord,
  answer: CallAnswer,
  tools: ReadonlyMap<string, Tool>,
): SettledCall | null {
  try {
    return settleCall(requirement, answer, tools.get(requirement.toolName));
  } catch (error) {
    if (error instanceof ToolChangedError) throw new ChangedTool(requirement);
    throw error;
  }
}

/** Of a call that was lost twice, somebody must not answer the second question with what they saw after the first. */
function askedSince({ toolName }: RequirementRecord): AppError {
  return new AppError(
    "conflict",
    `Something else is asked about the call of ${toolName} by now. Look at the run again, and decide about that.`,
  );
}

function decidedBefore({ toolName, resolvedBy }: RequirementRecord): AppError {
  return new AppError(
    "conflict",
    resolvedBy === null
      ? `The time to decide about the call of ${toolName} is over.`
      : `The call of ${toolName} was decided already by ${resolvedBy}.`,
  );
}

function nothingDecided(pause: readonly RequirementRecord[], decider: Decider): AppError {
  const open = pause.filter(({ status }) => status === "open");
  const refusal = open.map((one) => refuseToDecide(decider, one, "rejected")).find((one) => one !== null);
  if (refusal !== undefined) return refusal;
  const names = open.map(({ toolName, toolCallId }) => `${toolName} (${toolCallId})`).join(", ");
  return new AppError(
    "bad_request",
    `The run waits for a decision about ${names}. Send it in tools, by tool_call_id.`,
  );
}
