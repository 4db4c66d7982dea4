import { AppError } from "#lib/core/app-error.ts";
import { narrowScope } from "#lib/core/narrow-scope.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { SessionDetail } from "#lib/core/session.ts";
import { wireTime } from "#lib/core/wire-time.ts";
import { readRunPage } from "#lib/db/runs.ts";
import type { SessionOverview } from "#lib/db/session-row.ts";
import { getSession } from "#lib/db/sessions.ts";
import { checkDatabaseQuery } from "./check-database-query.ts";
import { readNewest } from "./read-newest.ts";
import { readRunMessages } from "./run-messages.ts";
import type { SessionQuery } from "./session-query.ts";
import { sessionMetrics } from "./session-summary.ts";

/** A conversation longer than this shows its newest runs. */
const MOST_RUNS = 200;

/** Returns one of the caller's sessions with its conversation. Throws not_found, with the wire's sentences. */
export async function getSessionDetail(
  callerScope: Scope,
  sessionId: string,
  query: SessionQuery,
): Promise<SessionDetail> {
  checkDatabaseQuery(query);
  const scope = narrowScope(callerScope, query.user_id);
  const session = await getSession(scope, sessionId);
  if (session === null || (query.type !== undefined && session.componentType !== query.type)) {
    const kind =
      query.type === undefined ? "" : `${query.type.charAt(0).toUpperCase()}${query.type.slice(1)} `;
    throw new AppError("not_found", `${kind}Session with id '${sessionId}' not found`);
  }
  const runs = await readRunPage(
    scope,
    { sessionId, standing: true },
    { order: "newest_first", limit: MOST_RUNS, offset: 0 },
  );
  const conversation = await readNewest(runs, async (run) => {
    const { messages } = await readRunMessages(scope, run.rootRunId, { withHistory: false });
    return messages.filter((message) => message.role !== "system");
  });
  const [newest] = runs;
  return {
    ...(session.subject === null ? {} : { user_id: session.subject }),
    agent_session_id: session.id,
    session_id: session.id,
    session_name: session.name,
    ...(session.summary === null ? {} : { session_summary: session.summary }),
    session_state: session.state,
    agent_id: session.componentId,
    ...(session.usage.totalTokens === 0 ? {} : { total_tokens: session.usage.totalTokens }),
    ...(newest === undefined ? {} : { agent_data: agentData(newest.componentName, session) }),
    metrics: sessionMetrics(session),
    ...(session.metadata === null ? {} : { metadata: session.metadata }),
    chat_history: conversation.flat(),
    created_at: wireTime(session.createdAt),
    updated_at: wireTime(session.updatedAt),
  };
}

function agentData(name: string, session: SessionOverview): NonNullable<SessionDetail["agent_data"]> {
  const model = session.models.findLast(({ role }) => role === "model");
  return {
    name,
    agent_id: session.componentId,
    ...(model === undefined
      ? {}
      : { model: { name: model.provider, id: model.modelId, provider: model.provider } }),
  };
}
