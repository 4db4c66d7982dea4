import type { ConversationTurn } from "#lib/core/conversation.ts";
import type { TurnVersion } from "#lib/client/read-version.ts";

/** What can be done with the turns of a conversation. All reject with a sentence when the server refuses. */
export interface TurnActions {
  /** Answers the last question anew; empty instructions add nothing. Null while an answer is being written. */
  regenerate: ((turn: ConversationTurn, instructions: string) => Promise<void>) | null;
  /**
   * Asks in other words: the last question in its place, an earlier one in a conversation of its own. Null while an
   * answer is being written, and where questions are no text.
   */
  edit: ((turn: ConversationTurn, question: string) => Promise<void>) | null;
  /** Opens a conversation that begins as this one did up to that turn. */
  fork: ((turn: ConversationTurn) => Promise<void>) | null;
  readVersion: (runId: string, signal: AbortSignal) => Promise<TurnVersion>;
}
