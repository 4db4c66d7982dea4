import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4TextPart,
} from "@ai-sdk/provider";
import type { AgentDefinition } from "../core/agent-definition.ts";
import { storableText } from "../core/storable-json.ts";
import { ModelCallError } from "./model-call-error.ts";
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
 * Puts a run's prompt together: system text, the session's earlier runs, the question with its files. With a
 * `sentSystem` the prompt is one that was sent before: that text, and the window of all of the history given.
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
  const earlier = seen.flatMap((run) => run.messages);
  messages.push(...trimHistory(earlier, definition), userMessage(input.content, input.files));
  return { system, messages, historyRunIds: seen.map((run) => run.runId) };
}

/** The question as a message. Throws ModelCallError for a file of a kind that no model reads. */
export function userMessage(content: string, files: readonly InputFile[]): LanguageModelV4Message {
  const parts: (LanguageModelV4TextPart | LanguageModelV4FilePart)[] = files.map(filePart);
  if (content !== "" || parts.length === 0) parts.push({ type: "text", text: content });
  return { role: "user", content: parts };
}

const MAX_TEXT_FILE_BYTES = 1_000_000;
const TEXT_TYPES = new Set([
  "application/json",
  "application/ld+json",
  "application/javascript",
  "application/sql",
  "application/toml",
  "application/x-ndjson",
  "application/x-sh",
  "application/x-yaml",
  "application/xml",
  "application/yaml",
]);
const BINARY_TYPES = new Set([
  "application/pdf",
  "audio/mpeg",
  "audio/wav",
  "image/gif",
  "image/jpeg",
  "image/png",
  "image/webp",
]);

function filePart(file: InputFile): LanguageModelV4TextPart | LanguageModelV4FilePart {
  const mediaType = essence(file.mediaType);
  if (isText(mediaType) || (isUnknown(mediaType) && looksLikeText(file.bytes))) {
    if (file.bytes.byteLength > MAX_TEXT_FILE_BYTES) {
      throw unsupported(
        `The file ${file.filename} is longer than 1 MB, too long for a model. Attach a part of it.`,
      );
    }
    const text = storableText(new TextDecoder().decode(file.bytes));
    // As text, not as a file: every model reads it.
    return { type: "text", text: `<file name=${JSON.stringify(file.filename)}>\n${text}\n</file>` };
  }
  if (BINARY_TYPES.has(mediaType)) {
    return { type: "file", filename: file.filename, mediaType, data: { type: "data", data: file.bytes } };
  }
  throw unsupported(
    `The file ${file.filename} (${mediaType || "unknown type"}) is of a kind that models do not read. Attach text, an image or a PDF.`,
  );
}

function isText(mediaType: string): boolean {
  return mediaType.startsWith("text/") || TEXT_TYPES.has(mediaType) || /\+(json|xml)$/.test(mediaType);
}

function isUnknown(mediaType: string): boolean {
  return mediaType === "" || mediaType === "application/octet-stream";
}

/** Browsers do not know the type of many source files; UTF-8 without NUL is text. */
function looksLikeText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The media type without its parameters. */
function essence(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

function unsupported(sentence: string): ModelCallError {
  return new ModelCallError("model_unsupported_input_error", sentence);
}
