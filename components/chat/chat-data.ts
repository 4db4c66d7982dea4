import type { JsonObject } from "#lib/core/json.ts";

/** An agent as the chat page needs it. */
export interface ChatAgent {
  id: string;
  name: string;
  description: string | null;
  introduction: string | null;
  quickPrompts: readonly string[];
  /** Names of its tools that change something outside. */
  writingTools: readonly string[];
  /** Shown where a scripted model answers, so that nobody takes it for a language model. */
  modelLabel: string;
  scripted: boolean;
  /** What its messages have to fit; null for one that takes text. */
  inputSchema: JsonObject | null;
}

/** A conversation in the list. */
export interface ConversationSummary {
  sessionId: string;
  agentId: string;
  title: string;
  updatedAtMs: number;
  running: boolean;
  /** Its run waits for people. */
  waiting: boolean;
  /** Its last run has failed. */
  failed: boolean;
}
