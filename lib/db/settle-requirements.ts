import type { PoolClient } from "pg";
import type { EndReason } from "../core/end-reason.ts";
import type { NewEvent, RunLease } from "../core/journal.ts";
import type { JsonValue } from "../core/json.ts";
import { pausedContent } from "../core/paused-content.ts";
import { runRequirement } from "../core/requirement.ts";
import type { RunStatus } from "../core/run-status.ts";
import type { Scope } from "../core/scope.ts";
import { appendLocked, type LockedRun, publishLocked } from "./locked-run.ts";
import { outboxBell } from "./outbox-bell.ts";
import { requestDriver } from "./request-driver.ts";
import { REQUIREMENT_COLUMNS, type RequirementRecord } from "./requirements.ts";
import { type SettlementPlan, writeSettlements } from "./settlement.ts";
import { transaction } from "./transaction.ts";

/** How the run goes on when nothing is open any more. */
export interface SettleOptions {
  /** Who has decided, by the wire's name of them; null when time has. */
  resolvedBy: string | null;
  /** The process that drives the run from then on; null leaves it to the durable engine. */
  bootId: string | null;
}

/** What became of a pause. */
export type SettleResult =
  /** Nothing is open any more. The lease is null when the durable engine was asked for a driver. */
  | { kind: "continued"; lease: RunLease | null }
  | { kind: "still_paused" }
  /** Nothing was done: the run waits for nobody. */
  | { kind: "not_paused"; status: RunStatus };

/**
 * Settles requirements of a paused run: the decisions, their audit rows, the event that tells of them and, when nothing
 * is open any more, the run's next driver, all in one transaction. `decide` gets what the present pause is about, the
 * settled ones included, in call order, while nobody else can decide; what it throws leaves everything as it was.
 * Null when the caller has no such run.
 */
export async function settleRequirements(
  scope: Scope,
  rootRunId: string,
  options: SettleOptions,
  decide: (pause: readonly RequirementRecord[]) => SettlementPlan,
): Promise<SettleResult | null> {
  const done = await transaction(async (client) => {
    const run = await lockRun(client, scope, rootRunId);
    if (run === null) return null;
    if (run.status !== "PAUSED") return { result: { kind: "not_paused" as const, status: run.status } };
    if (run.cancelRequested) return { result: { kind: "not_paused" as const, status: "CANCELLED" as const } };
    const pause = await presentPause(client, run);
    const plan = decide(pause);
    if (plan.settlements.length + plan.votings.length === 0) {
      return { result: { kind: "still_paused" as const } };
    }
    await writeSettlements(client, scope, pause, plan, options.resolvedBy);
    const endsWith = plan.settlements.find((settlement) => settlement.endsWith !== undefined)?.endsWith;
    if (endsWith !== undefined) await cancelOpen(client, run);
    const after = await presentPause(client, run);
    const open = after.filter(({ status }) => status === "open");
    const told =
      open.length > 0
        ? await tellOpen(client, run, open)
        : await goOn(client, run, after, { ...options, endsWith });
    return { run, ...told };
  });
  if (done === null || !("run" in done)) return done?.result ?? null;
  publishLocked(done.run, done.event);
  if (done.result.kind === "continued" && done.result.lease === null) outboxBell().ring();
  return done.result;
}

interface PausedRun extends LockedRun {
  subject: string | null;
  status: RunStatus;
  generation: number;
  cancelRequested: boolean;
}

/** From here on to the end of the transaction nobody else decides about this run, claims it or cancels it. */
async function lockRun(client: PoolClient, scope: Scope, rootRunId: string): Promise<PausedRun | null> {
  const { rows } = await client.query<PausedRun>(
    `SELECT r."organizationId", r.id, r.subject, r.status, r.generation, r."nextIndex",
       r."cancelRequestedAt" IS NOT NULL AS "cancelRequested"
     FROM "Run" r
     WHERE r."organizationId" = $1 AND r.id = $2 AND r."rootRunId" = r.id AND ($3::text IS NULL OR r.subject = $3)
     FOR UPDATE`,
    [scope.organizationId, rootRunId, scope.subject],
  );
  return rows[0] ?? null;
}

async function presentPause(client: PoolClient, run: PausedRun): Promise<RequirementRecord[]> {
  const { rows } = await client.query<RequirementRecord>(
    `SELECT ${REQUIREMENT_COLUMNS} FROM "Requirement" q
     WHERE q."organizationId" = $1 AND q."rootRunId" = $2 AND q."continuedAt" IS NULL
     ORDER BY q.position, q.id`,
    [run.organizationId, run.id],
  );
  return rows;
}

async function cancelOpen(client: PoolClient, run: PausedRun): Promise<void> {
  await client.query(
    `UPDATE "Requirement" SET status = 'cancelled', "resolvedAt" = now(), "updatedAt" = now()
     WHERE "organizationId" = $1 AND "rootRunId" = $2 AND status = 'open'`,
    [run.organizationId, run.id],
  );
}

interface Told {
  event: NewEvent;
  result: SettleResult;
}

/** The run waits on: what is open is listed again. */
async function tellOpen(
  client: PoolClient,
  run: PausedRun,
  open: readonly RequirementRecord[],
): Promise<Told> {
  const tools = open.map(({ asked }) => asked);
  const requirements = open.map((one) => runRequirement({ ...one, createdAtMs: one.createdAt.getTime() }));
  const event: NewEvent = {
    runId: run.id,
    createdAtMs: Date.now(),
    body: { type: "RunPaused", content: pausedContent(open), tools, requirements },
  };
  await appendLocked(client, run, event);
  return { event, result: { kind: "still_paused" } };
}

/** Nothing is open: the run is its next driver's. A new generation, so that no former one and no old wake-up counts. */
async function goOn(
  client: PoolClient,
  run: PausedRun,
  settled: readonly RequirementRecord[],
  { bootId, endsWith }: SettleOptions & { endsWith: EndReason | undefined },
): Promise<Told> {
  const generation = run.generation + 1;
  const event: NewEvent = {
    runId: run.id,
    createdAtMs: Date.now(),
    body: { type: "RunContinued", tools: settled.map(({ asked, settled: left }) => left ?? asked) },
    internal: {
      decisions: settled.flatMap(decisionOf),
      ...(endsWith === undefined ? {} : { ends_with: endsWith.sentence, ends_with_type: endsWith.errorType }),
    },
  };
  await appendLocked(client, run, event);
  await client.query(
    `UPDATE "Requirement" SET "continuedAt" = now()
     WHERE "organizationId" = $1 AND "rootRunId" = $2 AND "continuedAt" IS NULL`,
    [run.organizationId, run.id],
  );
  await client.query(
    `UPDATE "Run" SET status = $3, generation = $4, "driverBootId" = $5, "updatedAt" = now()
     WHERE "organizationId" = $1 AND id = $2`,
    [run.organizationId, run.id, bootId === null ? "PENDING" : "RUNNING", generation, bootId],
  );
  if (bootId !== null) {
    const lease = { organizationId: run.organizationId, rootRunId: run.id, generation };
    return { event, result: { kind: "continued", lease } };
  }
  const { organizationId, id: rootRunId, subject } = run;
  await requestDriver(client, { organizationId, rootRunId, generation, subject });
  return { event, result: { kind: "continued", lease: null } };
}

/** What lets the call be made, as the runtime's CallDecision has it. */
function decisionOf(requirement: RequirementRecord): JsonValue[] {
  if (requirement.settledHash === null) return [];
  return [
    {
      tool_call_id: requirement.toolCallId,
      kind: requirement.kind,
      approval_type: requirement.approvalType,
      policy_id: requirement.rule?.id ?? null,
      arguments_hash: requirement.settledHash,
      tool_fingerprint: requirement.toolFingerprint,
    },
  ];
}
