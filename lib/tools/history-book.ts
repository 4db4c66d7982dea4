import type { JsonValue } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";

/** A question and its answer. */
export interface Exchange {
  question: string;
  answer: string;
  createdAt: Date;
}

/** What was said before, of the scope's own subject alone. */
export interface HistoryBook {
  /** Whether the scope's subject is somebody, whose sessions belong together. */
  isSomebody(scope: Scope): boolean;
  listSessions(
    scope: Scope,
    which: { but: string; sessions: number; runs: number },
  ): Promise<
    {
      id: string;
      title: string | null;
      componentId: string;
      updatedAt: Date;
      exchanges: Exchange[];
    }[]
  >;
  /** Oldest first; null when the subject has no such session. */
  readExchanges(
    scope: Scope,
    sessionId: string,
    window: { limit: number; characters: number; before?: string },
  ): Promise<Exchange[] | null>;
  /** The newest calls of tools in the runs of a session that stand before one, oldest first. */
  readToolCalls(
    scope: Scope,
    before: { sessionId: string; runId: string },
    limit: number,
  ): Promise<PastCall[]>;
}

/** A call of a tool in an earlier run. */
export interface PastCall {
  tool_name: string;
  arguments: JsonValue;
  result: string;
  [key: string]: JsonValue;
}

/** The longest questions, answers and results that one call shows, in characters. */
export const MOST_CHARACTERS = 20_000;
