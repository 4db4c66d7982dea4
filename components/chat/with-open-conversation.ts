import type { ConversationTurn } from "#lib/core/conversation.ts";
import { inputPreview } from "#lib/core/input-preview.ts";
import type { ConversationSummary } from "./chat-data.ts";

/** The conversation on the page. */
interface OpenConversation {
  sessionId: string;
  agentId: string;
  turns: readonly ConversationTurn[];
  /** It is being answered, or waits for people. */
  busy: boolean;
  waiting: boolean;
}

/** The server's list with this conversation as it is now: there from the first message on, and running while it runs. */
export function withOpenConversation(
  conversations: readonly ConversationSummary[],
  { sessionId, agentId, turns, busy, waiting }: OpenConversation,
): readonly ConversationSummary[] {
  const first = turns[0];
  if (first === undefined) return conversations;
  const running = busy && !waiting;
  const failed = !busy && hasFailed(turns.at(-1));
  if (!conversations.some((one) => one.sessionId === sessionId)) {
    const title = inputPreview(first.question);
    return [
      { sessionId, agentId, title, updatedAtMs: first.askedAtMs, running, waiting, failed },
      ...conversations,
    ];
  }
  return conversations.map((one) =>
    one.sessionId === sessionId ? { ...one, running, waiting, failed } : one,
  );
}

/** An attempt to answer anew that has failed leaves the answer that stands. */
function hasFailed(turn: ConversationTurn | undefined): boolean {
  if (turn?.view.status !== "failed") return false;
  return turn.standingRunId === null || turn.standingRunId === turn.view.runId;
}
