import { AppError } from "#lib/core/app-error.ts";
import type { CallAnswer } from "#lib/core/posted-tools.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { Tool } from "#lib/core/tool.ts";
import { renewRequirement, type RequirementRecord } from "#lib/db/requirements.ts";
import type { RunSummary } from "#lib/db/run-row.ts";
import { type Settlement, settleRequirements, type SettleResult } from "#lib/db/settle-requirements.ts";
import { hashJson } from "#lib/runtime/hash-json.ts";
import { settleCall, ToolChangedError } from "#lib/runtime/settle-call.ts";
import { toolFingerprint } from "#lib/runtime/tool-fingerprint.ts";
import { bootId } from "./boot-id.ts";
import { resolveAgent } from "./resolve-agent.ts";
import { runDrivers } from "./run-drivers.ts";
import { toolsOf } from "./tools-of.ts";

/** Who answers, and how the run goes on. */
export interface ResolvePauseOptions {
  /** The wire's name of whoever answers. */
  resolvedBy: string;
  /** Whether they may decide about calls that take an approval. */
  mayApprove: boolean;
  /** The durable engine drives the run on, not this process. */
  background: boolean;
}

/**
 * Applies a caller's answers to what a paused run waits for. Answers about calls that nobody waits for are ignored.
 * Throws bad_request when they decide nothing, forbidden when they need a right that the caller lacks, conflict when
 * somebody else has decided before or the tool is not what it was, invalid when the arguments do not fit the tool,
 * not_found when the caller has no such run. Then nothing is changed.
 */
export async function resolvePause(
  scope: Scope,
  run: RunSummary,
  answers: readonly CallAnswer[],
  options: ResolvePauseOptions,
): Promise<SettleResult> {
  const tools = await toolsOfRun(scope, run);
  const inProcess = !options.background && runDrivers().accepting();
  const how = { resolvedBy: options.resolvedBy, bootId: inProcess ? bootId() : null };
  try {
    const result = await settleRequirements(scope, run.id, how, (pause) =>
      settlementsOf(pause, answers, tools, options.mayApprove),
    );
    if (result === null) throw new AppError("not_found", "Run not found");
    return result;
  } catch (error) {
    if (error instanceof ChangedTool) throw await askAgain(scope, error.requirement, tools);
    throw error;
  }
}

/** The tools that the run would use now; none when its agent is gone: then its calls can only be refused. */
async function toolsOfRun(scope: Scope, run: RunSummary): Promise<ReadonlyMap<string, Tool>> {
  try {
    const { definition } = await resolveAgent(scope, run.componentId, run.componentVersion ?? undefined);
    return new Map(toolsOf(definition).map((tool) => [tool.name, tool]));
  } catch (error) {
    if (error instanceof AppError) return new Map();
    throw error;
  }
}

class ChangedTool extends Error {
  readonly requirement: RequirementRecord;

  constructor(requirement: RequirementRecord) {
    super();
    this.requirement = requirement;
  }
}

function settlementsOf(
  pause: readonly RequirementRecord[],
  answers: readonly CallAnswer[],
  tools: ReadonlyMap<string, Tool>,
  mayApprove: boolean,
): Settlement[] {
  const settlements = answers.flatMap((answer) => {
    const requirement = pause.find(({ toolCallId }) => toolCallId === answer.toolCallId);
    if (requirement === undefined) return [];
    return settlementOf(requirement, answer, tools.get(requirement.toolName), mayApprove) ?? [];
  });
  const twice = settlements.find(
    ({ requirementId }, at) => settlements.findIndex((one) => one.requirementId === requirementId) !== at,
  );
  if (twice !== undefined) {
    throw new AppError("bad_request", `The call ${twice.settled.tool_call_id} is decided about twice.`);
  }
  if (settlements.length === 0) throw nothingDecided(pause, mayApprove);
  return settlements;
}

function settlementOf(
  requirement: RequirementRecord,
  answer: CallAnswer,
  tool: Tool | undefined,
  mayApprove: boolean,
): Settlement | null {
  const settled = settle(requirement, answer, tool);
  if (settled === null) return null;
  if (requirement.status !== "open") {
    // Callers post copies of all calls; one that says what was said before says nothing new.
    if (hashJson(settled.tool) === hashJson(requirement.settled)) return null;
    throw new AppError(
      "conflict",
      `The call of ${requirement.toolName} was decided already by ${requirement.resolvedBy ?? "somebody"}.`,
    );
  }
  if (requirement.approvalType === "required" && !mayApprove) throw needsApproval();
  const changed = settled.argumentsHash !== null && settled.argumentsHash !== requirement.argumentsHash;
  return {
    requirementId: requirement.id,
    outcome: settled.outcome,
    settled: settled.tool,
    settledHash: settled.argumentsHash,
    details: {
      ...(changed ? { changed_arguments_hash: settled.argumentsHash } : {}),
      ...(answer.note === null ? {} : { note: answer.note }),
    },
  };
}

function settle(requirement: RequirementRecord, answer: CallAnswer, tool: Tool | undefined) {
  try {
    return settleCall(requirement, answer, tool);
  } catch (error) {
    if (error instanceof ToolChangedError) throw new ChangedTool(requirement);
    throw error;
  }
}

function nothingDecided(pause: readonly RequirementRecord[], mayApprove: boolean): AppError {
  const open = pause.filter(({ status }) => status === "open");
  if (!mayApprove && open.some(({ approvalType }) => approvalType === "required")) return needsApproval();
  const names = open.map(({ toolName, toolCallId }) => `${toolName} (${toolCallId})`).join(", ");
  return new AppError(
    "bad_request",
    `The run waits for a decision about ${names}. Send it in tools, by tool_call_id.`,
  );
}

function needsApproval(): AppError {
  return new AppError("forbidden", "This run requires admin approval before it can be continued");
}

/** What was asked about is no more. The person is told, and decides about the tool as it is now. */
async function askAgain(
  scope: Scope,
  requirement: RequirementRecord,
  tools: ReadonlyMap<string, Tool>,
): Promise<AppError> {
  const { toolName } = requirement;
  const tool = tools.get(toolName);
  if (tool === undefined) {
    return new AppError(
      "conflict",
      `The agent no longer has the tool ${toolName}. Refuse the call, or cancel the run.`,
    );
  }
  await renewRequirement(scope, requirement.id, toolFingerprint(tool));
  return new AppError(
    "conflict",
    `The tool ${toolName} has changed since this was asked. Look at the call again, and decide once more.`,
  );
}
