import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { CallAnswer } from "#lib/core/posted-tools.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { Tool } from "#lib/core/tool.ts";
import { renewRequirement, type RequirementRecord } from "#lib/db/requirements.ts";
import type { RunSummary } from "#lib/db/run-row.ts";
import { settleRequirements, type SettleResult } from "#lib/db/settle-requirements.ts";
import { PatternTime } from "#lib/runtime/pattern-time.ts";
import { toolFingerprint } from "#lib/runtime/tool-fingerprint.ts";
import { bootId } from "./boot-id.ts";
import { ChangedTool } from "./changed-tool.ts";
import type { Decider } from "./decider.ts";
import { planSettlements } from "./plan-settlements.ts";
import { resolveAgent } from "./resolve-agent.ts";
import { runDrivers } from "./run-drivers.ts";
import { screenAddedText } from "./screen-added-text.ts";
import { toolsOf } from "./tools-of.ts";

/** Who answers, and how the run goes on. */
export interface ResolvePauseOptions {
  decider: Decider;
  /** What came with the answer, as it was sent; null for a continue. */
  resolution: JsonObject | null;
  /** The durable engine drives the run on, not this process. */
  background: boolean;
}

/**
 * Applies a caller's answers to what a paused run waits for. Answers about calls that nobody waits for are ignored.
 * Throws bad_request when they decide nothing, forbidden when they need a right that the caller lacks, conflict when
 * somebody else has decided before, the time is over or the tool is not what it was, invalid when the arguments do not
 * fit the tool, not_found when the caller has no such run. Then nothing is changed.
 */
export async function resolvePause(
  scope: Scope,
  run: RunSummary,
  answers: readonly CallAnswer[],
  { decider, resolution, background }: ResolvePauseOptions,
): Promise<SettleResult> {
  const definition = await definitionOf(scope, run);
  const tools = new Map((definition === null ? [] : toolsOf(definition)).map((tool) => [tool.name, tool]));
  const time = new PatternTime();
  const screen =
    definition === null ? undefined : (text: string) => screenAddedText(definition, text, time).text;
  const inProcess = !background && runDrivers().accepting();
  const how = { resolvedBy: decider.name, bootId: inProcess ? bootId() : null };
  try {
    const result = await settleRequirements(scope, run.id, how, (pause) =>
      planSettlements(pause, {
        answers,
        tools,
        decider,
        resolution,
        ...(screen === undefined ? {} : { screen }),
        nowMs: Date.now(),
      }),
    );
    if (result === null) throw new AppError("not_found", "Run not found");
    return result;
  } catch (error) {
    if (error instanceof ChangedTool) throw await askAgain(scope, error.requirement, tools);
    throw error;
  }
}

/** The run's agent as it would be used now; null when it is gone: then its calls can only be refused. */
async function definitionOf(scope: Scope, run: RunSummary): Promise<AgentDefinition | null> {
  try {
    const { definition } = await resolveAgent(scope, run.componentId, run.componentVersion ?? undefined);
    return definition;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
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
