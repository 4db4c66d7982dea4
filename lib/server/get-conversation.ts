import type { ConversationTurn } from "#lib/core/conversation.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { type RunSummary, runIdentityOf } from "#lib/db/run-row.ts";
import { listRunVersions } from "#lib/db/run-versions.ts";
import { listRuns } from "#lib/db/runs.ts";
import { getSession } from "#lib/db/sessions.ts";
import { readNewest } from "./read-newest.ts";
import { turnOfRun } from "./turn-of-run.ts";

const MOST_ROWS_PER_RUN = 5_000;
/** UTF-16 units of turns that a page is made with. */
const MOST_CHARACTERS = 8_000_000;

/** A session as the chat page shows it. */
export interface ConversationPage {
  agentId: string;
  title: string;
  /** Oldest first; the newest `limit` of the session. */
  turns: ConversationTurn[];
  /** The session that the first turns are copies of. The title is null when it is gone. */
  forkedFrom: { sessionId: string; title: string | null } | null;
  /** How many turns came before these. */
  earlierCount: number;
}

/** Reads the newest turns of the caller's session, or null when there is none of this id. */
export async function getConversation(
  scope: Scope,
  sessionId: string,
  limit: number,
): Promise<ConversationPage | null> {
  const session = await getSession(scope, sessionId);
  if (session === null) return null;
  const { runs, totalCount } = await listRuns(
    scope,
    { sessionId, standing: true },
    { order: "newest_first", limit, offset: 0 },
  );
  const versions = await listRunVersions(
    scope,
    runs.map(({ id }) => id),
  );
  const turns = await readNewest(
    runs,
    async (run) => {
      const events = await readRunEvents(scope, run.rootRunId, -1, MOST_ROWS_PER_RUN);
      const ofRun = versions.get(run.id) ?? [];
      return { ...turnOfRun(runIdentityOf(run, 0), events), versions: ofRun.length > 1 ? ofRun : [] };
    },
    MOST_CHARACTERS,
  );
  return {
    agentId: session.componentId,
    title: session.name,
    turns,
    forkedFrom: await forkedFrom(scope, runs),
    earlierCount: totalCount - turns.length,
  };
}

async function forkedFrom(
  scope: Scope,
  newestFirst: readonly RunSummary[],
): Promise<ConversationPage["forkedFrom"]> {
  // A copy of a copy has runs of both; the newest copied one tells where the session itself comes from.
  const sessionId = newestFirst.find((run) => run.forkedFromSessionId !== null)?.forkedFromSessionId;
  if (sessionId === undefined || sessionId === null) return null;
  return { sessionId, title: (await getSession(scope, sessionId))?.name ?? null };
}
