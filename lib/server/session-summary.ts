import type { RunMetrics } from "#lib/core/run-metrics.ts";
import type { SessionSummary } from "#lib/core/session.ts";
import { wireMetrics } from "#lib/core/wire-metrics.ts";
import { wireTime } from "#lib/core/wire-time.ts";
import type { ListedSession } from "#lib/db/list-sessions.ts";
import type { SessionOverview } from "#lib/db/session-row.ts";

/** What a session used, as the wire has it. */
export function sessionMetrics(
  session: Pick<SessionOverview, "usage" | "costMicroUsd" | "models">,
): RunMetrics {
  return wireMetrics({
    usage: session.usage,
    costMicroUsd: session.costMicroUsd,
    models: session.models.map((model) => ({
      role: model.role,
      id: model.modelId,
      provider: model.provider,
      usage: model,
    })),
  });
}

/** A stored session as lists on the wire show it. */
export function sessionSummary(session: ListedSession): SessionSummary {
  return {
    session_id: session.id,
    session_name: session.name,
    ...(session.state === null ? {} : { session_state: session.state }),
    created_at: wireTime(session.createdAt),
    updated_at: wireTime(session.updatedAt),
    session_type: session.componentType,
    ...(session.subject === null ? {} : { user_id: session.subject }),
    ...componentKey(session),
    ...(session.summary === null ? {} : { session_summary: session.summary }),
    metrics: sessionMetrics(session),
    ...(session.usage.totalTokens === 0 ? {} : { total_tokens: session.usage.totalTokens }),
    ...(session.metadata === null ? {} : { metadata: session.metadata }),
  };
}

function componentKey(session: ListedSession): Partial<SessionSummary> {
  switch (session.componentType) {
    case "agent":
      return { agent_id: session.componentId };
    case "team":
      return { team_id: session.componentId };
    case "workflow":
      return { workflow_id: session.componentId };
  }
}
