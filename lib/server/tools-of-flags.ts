import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Tool } from "#lib/core/tool.ts";
import { listPastSessions, readExchanges } from "#lib/db/past-sessions.ts";
import { createChatHistoryTool } from "#lib/tools/chat-history-tool.ts";
import type { HistoryBook } from "#lib/tools/history-book.ts";
import { createPastSessionTools } from "#lib/tools/past-session-tools.ts";
import { createToolCallHistoryTool } from "#lib/tools/tool-call-history-tool.ts";
import { updateSessionState } from "#lib/tools/update-session-state.ts";
import { isSomebody } from "./is-somebody.ts";
import { pastToolCalls } from "./past-tool-calls.ts";

/** The part of a definition that gives an agent tools beside those that it names. */
export type ToolFlags = Pick<
  AgentDefinition,
  | "enable_agentic_state"
  | "read_chat_history"
  | "read_tool_call_history"
  | "search_past_sessions"
  | "num_past_sessions_to_search"
  | "num_past_session_runs_in_search"
>;

const BOOK: HistoryBook = {
  isSomebody,
  listSessions: listPastSessions,
  readExchanges,
  readToolCalls: pastToolCalls,
};

/** The tools that an agent's flags add. The same flags give the very same tools: each is described to models once. */
export function toolsOfFlags(flags: ToolFlags): readonly Tool[] {
  const key = JSON.stringify([
    flags.enable_agentic_state,
    flags.read_chat_history,
    flags.read_tool_call_history,
    flags.search_past_sessions,
    flags.num_past_sessions_to_search,
    flags.num_past_session_runs_in_search,
  ]);
  const made = processSingleton("tools-of-flags", () => new Map<string, readonly Tool[]>());
  const known = made.get(key) ?? makeTools(flags);
  // There are 100 times 10 counts at most, and few are used.
  made.set(key, known);
  return known;
}

function makeTools(flags: ToolFlags): readonly Tool[] {
  const { num_past_sessions_to_search: sessions, num_past_session_runs_in_search: runs } = flags;
  return [
    ...(flags.enable_agentic_state ? [updateSessionState as Tool] : []),
    ...(flags.read_chat_history ? [createChatHistoryTool(BOOK)] : []),
    ...(flags.read_tool_call_history ? [createToolCallHistoryTool(BOOK)] : []),
    ...(flags.search_past_sessions ? createPastSessionTools(BOOK, { sessions, runs }) : []),
  ];
}
