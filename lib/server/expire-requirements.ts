import type { EndReason } from "#lib/core/end-reason.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { systemScope } from "#lib/core/system-scope.ts";
import { type DueRequirement, listDueRequirements } from "#lib/db/due-requirements.ts";
import type { RequirementRecord } from "#lib/db/requirements.ts";
import { settleRequirements } from "#lib/db/settle-requirements.ts";
import type { SettlementPlan } from "#lib/db/settlement.ts";
import { log } from "./log.ts";

/**
 * Settles requirements whose time is over, at most `limit`: their calls count as refused, or their runs end, as the
 * policy says. Somebody who decides in the same moment wins or comes too late, never both. Returns how many were due.
 */
export async function expireRequirements(limit: number): Promise<number> {
  const due = await listDueRequirements(limit);
  for (const requirement of due) {
    // One that cannot be settled now must not hold up the others.
    await expire(requirement).catch((error: unknown) =>
      log("error", "A requirement could not be settled when its time was over; it is tried again.", {
        ...requirement,
        error,
      }),
    );
  }
  return due.length;
}

async function expire({ organizationId, id, rootRunId }: DueRequirement): Promise<void> {
  const scope = systemScope(organizationId, "requirement-expire");
  await settleRequirements(scope, rootRunId, { resolvedBy: null, bootId: null }, (pause) =>
    planExpiry(pause.find((one) => one.id === id && one.status === "open")),
  );
}

function planExpiry(requirement: RequirementRecord | undefined): SettlementPlan {
  if (requirement === undefined) return { settlements: [], votings: [] };
  const { asked, rule, expiresAt } = requirement;
  const settled: ToolExecution = {
    ...asked,
    confirmed: false,
    confirmation_note: refusalSentence(requirement),
    tool_call_error: true,
  };
  return {
    settlements: [
      {
        requirementId: requirement.id,
        status: "expired",
        outcome: "rejected",
        settled,
        settledHash: null,
        resolution: null,
        details: { expired_at: expiresAt?.toISOString() ?? null, on_expiry: rule?.onExpiry ?? "deny" },
        ...(rule?.onExpiry === "end" ? { endsWith: endReason(requirement) } : {}),
      },
    ],
    votings: [],
  };
}

function refusalSentence({ kind, toolName }: RequirementRecord): string {
  if (kind === "budget") return "Nobody granted the run more money in time.";
  return kind === "effect_unknown"
    ? `Nobody said in time whether ${toolName} took effect: that is not known, and it is not tried again.`
    : `Nobody decided about the call of ${toolName} in time, so it was not made.`;
}

function endReason({ kind, toolName }: RequirementRecord): EndReason {
  if (kind === "budget") {
    return {
      sentence: "The run needed more money than its budgets leave it, and nobody granted it any in time.",
      errorType: "budget_expired",
    };
  }
  const what =
    kind === "effect_unknown"
      ? `said whether ${toolName} took effect`
      : `decided about the call of ${toolName}`;
  return {
    sentence: `Nobody ${what} in time, and the policy ends the run then. Ask again to start anew.`,
    errorType: "requirement_expired",
  };
}
