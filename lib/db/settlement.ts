import type { PoolClient } from "pg";
import type { EndReason } from "../core/end-reason.ts";
import type { JsonObject } from "../core/json.ts";
import type { Scope } from "../core/scope.ts";
import { storableJson } from "../core/storable-json.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import { grantBudget } from "./grant-budget.ts";
import { insertAuditEntry } from "./insert-audit-entry.ts";
import type { ApprovalVote, RequirementRecord } from "./requirements.ts";

/** A decision about one requirement, checked. */
export interface Settlement {
  requirementId: string;
  /** `settled` by a person, `expired` by time. */
  status: "settled" | "expired";
  outcome: "approved" | "rejected";
  /** The call as it was left. */
  settled: ToolExecution;
  /** Of its arguments, when it is to be made. */
  settledHash: string | null;
  /** What came with the decision, as it was sent. */
  resolution: JsonObject | null;
  /** What the audit row says beside the tool, the kind and the outcome. */
  details: JsonObject;
  /** The run ends so instead of going on; what else is open is cancelled. */
  endsWith?: EndReason;
}

/** A first yes to an approval that takes two. The requirement stays open. */
export interface Voting {
  requirementId: string;
  votes: ApprovalVote[];
  details: JsonObject;
}

/** What is to be written of a pause. */
export interface SettlementPlan {
  settlements: readonly Settlement[];
  votings: readonly Voting[];
}

/** Writes decisions and votes with their audit rows, in the transaction that has locked the run. */
export async function writeSettlements(
  client: PoolClient,
  scope: Scope,
  pause: readonly RequirementRecord[],
  plan: SettlementPlan,
  resolvedBy: string | null,
): Promise<void> {
  for (const { requirementId, votes, details } of plan.votings) {
    const requirement = openOne(pause, requirementId);
    await client.query(
      `UPDATE "Requirement" SET votes = $3, "updatedAt" = now() WHERE "organizationId" = $1 AND id = $2`,
      [scope.organizationId, requirementId, storableJson(votes).json],
    );
    await audit(client, scope, "requirement.first_approval", requirement, details);
  }
  for (const settlement of plan.settlements) {
    const { requirementId, status, outcome, settled, settledHash, resolution, details } = settlement;
    const requirement = openOne(pause, requirementId);
    await client.query(
      `UPDATE "Requirement" SET status = $3, outcome = $4, settled = $5, "settledHash" = $6, resolution = $7,
         "resolvedBy" = $8, "resolvedAt" = now(), "updatedAt" = now()
       WHERE "organizationId" = $1 AND id = $2`,
      [
        scope.organizationId,
        requirementId,
        status,
        outcome,
        storableJson(settled).json,
        settledHash,
        resolution === null ? null : storableJson(resolution).json,
        resolvedBy,
      ],
    );
    if (requirement.kind === "effect_unknown") {
      await settleEffect(client, requirement, effectAfter(settlement), resolvedBy);
    }
    if (requirement.kind === "budget" && outcome === "approved") {
      await grantBudget(client, scope, requirement, settled, resolvedBy ?? scope.actor.id);
    }
    const action = status === "expired" ? "requirement.expired" : `requirement.${outcome}`;
    await audit(client, scope, action, requirement, details);
  }
}

/** What a person has said of a call of which nobody knew what it did. */
function effectAfter({ outcome, settledHash }: Settlement): "committed" | "released" | "abandoned" {
  if (outcome === "rejected") return "abandoned";
  return settledHash === null ? "committed" : "released";
}

async function settleEffect(
  client: PoolClient,
  { organizationId, rootRunId, runId, toolCallId }: RequirementRecord,
  status: string,
  settledBy: string | null,
): Promise<void> {
  await client.query(
    `UPDATE "Effect" SET status = $5, "settledBy" = $6, "settledAt" = now()
     WHERE "organizationId" = $1 AND "rootRunId" = $2 AND "runId" = $3 AND "toolCallId" = $4 AND status = 'unknown'`,
    [organizationId, rootRunId, runId, toolCallId, status, settledBy],
  );
}

function openOne(pause: readonly RequirementRecord[], id: string): RequirementRecord {
  const requirement = pause.find((one) => one.id === id);
  if (requirement?.status === "open") return requirement;
  throw new Error("Only an open requirement of the present pause is decided about.");
}

function audit(
  client: PoolClient,
  scope: Scope,
  action: string,
  requirement: RequirementRecord,
  details: JsonObject,
): Promise<void> {
  return insertAuditEntry(client, scope, {
    action,
    targetType: "requirement",
    targetId: requirement.id,
    details: {
      run_id: requirement.rootRunId,
      tool_name: requirement.toolName,
      tool_call_id: requirement.toolCallId,
      kind: requirement.kind,
      arguments_hash: requirement.argumentsHash,
      ...(requirement.approvalType === null ? {} : { approval_type: requirement.approvalType }),
      ...(requirement.rule === null ? {} : { policy_id: requirement.rule.id }),
      ...storableJson(details).value,
    },
  });
}
