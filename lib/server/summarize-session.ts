import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { wireTime } from "#lib/core/wire-time.ts";
import { runIdentityOf } from "#lib/db/run-row.ts";
import { getRun } from "#lib/db/runs.ts";
import { findSummaryWork, saveSessionSummary } from "#lib/db/session-summaries.ts";
import { BudgetShortError } from "#lib/runtime/budget-short-error.ts";
import { DEFAULT_RUN_LIMITS } from "#lib/runtime/run-limits.ts";
import { summarizeConversation } from "#lib/runtime/summarize-conversation.ts";
import { SYSTEM_CLOCK } from "#lib/runtime/system-clock.ts";
import { UnpricedModelError } from "#lib/runtime/unpriced-model-error.ts";
import { bindModel } from "./bind-model.ts";
import { checksOf } from "./checks-of.ts";
import { loadHistoryRuns } from "./load-history.ts";
import { log } from "./log.ts";
import { resolveAgent } from "./resolve-agent.ts";
import { runBudget } from "./run-budget.ts";

/** A first summary of a long session, or one after many failures, is told of so many runs. */
const MOST_RUNS = 50;

/**
 * Sums up a run's session up to that run and keeps it with the session. Does nothing for a run that a summary covers
 * already, for one whose agent is gone, and where a budget leaves no room for it. Rejects when the model fails or the
 * agent's model, or its middleware, is not there.
 */
export async function summarizeSession(scope: Scope, runId: string): Promise<void> {
  const row = await getRun(scope, runId);
  if (row === null) return;
  const agent = await resolveAgent(scope, row.componentId, row.componentVersion ?? undefined).catch(
    (error: unknown) => {
      if (error instanceof AppError) return null;
      throw error;
    },
  );
  if (agent === null) return;
  const { definition } = agent;
  const { session_summary_manager: manager } = definition;
  const work = await findSummaryWork(scope, runId, {
    count: manager.last_n_runs ?? MOST_RUNS,
    again: manager.last_n_runs !== undefined,
  });
  if (work === null || work.runIds.length === 0) return;
  const history = await loadHistoryRuns(scope, work.runIds);
  const budget = runBudget({
    scope: { ...scope, subject: row.subject },
    run: runIdentityOf(row, 0),
    lease: { organizationId: scope.organizationId, rootRunId: row.rootRunId, generation: row.generation },
    costLimitUsd: definition.cost_limit_usd,
  });
  const summed = await summarizeConversation({
    ports: {
      bindModel: (reference) => bindModel(scope, reference),
      budget,
      clock: SYSTEM_CLOCK,
      middleware: checksOf(scope, definition).middleware,
    },
    limits: DEFAULT_RUN_LIMITS,
    model: await bindModel(scope, manager.model ?? definition.model),
    manager,
    before: work.before,
    messages: history.flatMap(({ messages }) => messages),
    signal: AbortSignal.timeout(DEFAULT_RUN_LIMITS.modelTotalMs),
  }).catch((error: unknown) => {
    if (error instanceof BudgetShortError || error instanceof UnpricedModelError) return null;
    throw error;
  });
  if (summed === null) {
    log("info", "A session was not summed up: its budgets leave no room.", { runId });
    return;
  }
  const { summary, topics, call } = summed;
  await saveSessionSummary(scope, work.sessionId, {
    summary: { summary, topics, updated_at: wireTime(new Date()) },
    ordinal: work.ordinal,
    late: work.late,
    call,
  });
  log("info", "A session was summed up.", { runId, sessionId: work.sessionId, runs: work.runIds.length });
}
