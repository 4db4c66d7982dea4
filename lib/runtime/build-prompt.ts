import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4TextPart,
} from "@ai-sdk/provider";
import type { AgentDefinition } from "../core/agent-definition.ts";
import { storableText } from "../core/storable-json.ts";
import { filePart } from "./file-part.ts";
import type { HistoryRun, InputFile } from "./ports.ts";
import { systemText, type SystemTextParts } from "./system-text.ts";
import { trimHistory } from "./trim-history.ts";

/** A run's prompt before its first turn. */
export interface Prompt {
  /** The system part's text; empty when the agent has none. */
  system: string;
  messages: LanguageModelV4Message[];
  /** The earlier runs that the model sees, oldest first. */
  historyRunIds: string[];
}

/** What a prompt is made of beside the definition, the question and the history. */
interface PromptParts
  extends Partial<Pick<SystemTextParts, "answerPrompt" | "sessionState" | "sessionSummary">> {
  /** The system part's text as it was sent before. */
  sentSystem?: string | null;
}

/**
 * Puts a run's prompt together: system text, the agent's examples, the session's earlier runs, the question with its
 * files. With a `sentSystem` the prompt is one that was sent before: that text, and the window of all of the history given.
 */
export function buildPrompt(
  definition: AgentDefinition,
  input: { content: string; files: readonly InputFile[] },
  history: readonly HistoryRun[],
  nowMs: number,
  { sentSystem = null, answerPrompt = "", sessionState = {}, sessionSummary = "" }: PromptParts = {},
): Prompt {
  const system = sentSystem ?? systemText(definition, { answerPrompt, sessionState, sessionSummary, nowMs });
  const shown = definition.add_history_to_context ? history.slice(-definition.num_history_runs) : [];
  const seen = sentSystem === null ? shown : history;
  const messages: LanguageModelV4Message[] = [];
  if (system !== "") messages.push({ role: "system", content: system });
  messages.push(...definition.additional_input.map(exampleMessage));
  const earlier = seen.flatMap((run) => run.messages);
  messages.push(...trimHistory(earlier, definition), userMessage(input.content, input.files));
  return { system, messages, historyRunIds: seen.map((run) => run.runId) };
}

/** Always the same bytes, so that providers know the beginning of the prompt again. */
function exampleMessage({
  role,
  content,
}: AgentDefinition["additional_input"][number]): LanguageModelV4Message {
  return { role, content: [{ type: "text", text: storableText(content) }] };
}

/** The question as a message. Throws ModelCallError for a file of a kind that no model reads. */
export function userMessage(content: string, files: readonly InputFile[]): LanguageModelV4Message {
  const parts: (LanguageModelV4TextPart | LanguageModelV4FilePart)[] = files.map(filePart);
  if (content !== "" || parts.length === 0) parts.push({ type: "text", text: content });
  return { role: "user", content: parts };
}
