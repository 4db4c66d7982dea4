import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4TextPart,
} from "@ai-sdk/provider";
import type { AgentDefinition } from "../core/agent-definition.ts";
import { storableText } from "../core/storable-json.ts";
import { ModelCallError } from "./model-call-error.ts";
import type { HistoryRun, InputFile } from "./ports.ts";

/** A run's prompt before its first turn. */
export interface Prompt {
  /** The system part's text; empty when the agent has none. */
  system: string;
  messages: LanguageModelV4Message[];
  /** The earlier runs that the model sees, oldest first. */
  historyRunIds: string[];
}

/**
 * Puts a run's prompt together: system text, the session's earlier runs, the question with its files. `answerPrompt` says what the
 * answer has to look like, where the model is told so in words. With a `sentSystem` the prompt is one that was sent before: that text, and all of the history given.
 */
export function buildPrompt(
  definition: AgentDefinition,
  input: { content: string; files: readonly InputFile[] },
  history: readonly HistoryRun[],
  nowMs: number,
  sentSystem: string | null = null,
  answerPrompt = "",
): Prompt {
  const system = sentSystem ?? systemText(definition, nowMs, answerPrompt);
  const shown = definition.add_history_to_context ? history.slice(-definition.num_history_runs) : [];
  const seen = sentSystem === null ? shown : history;
  const messages: LanguageModelV4Message[] = [];
  if (system !== "") messages.push({ role: "system", content: system });
  for (const run of seen) messages.push(...run.messages);
  messages.push(userMessage(input.content, input.files));
  return { system, messages, historyRunIds: seen.map((run) => run.runId) };
}

/** The question as a message. Throws ModelCallError for a file of a kind that no model reads. */
export function userMessage(content: string, files: readonly InputFile[]): LanguageModelV4Message {
  const parts: (LanguageModelV4TextPart | LanguageModelV4FilePart)[] = files.map(filePart);
  if (content !== "" || parts.length === 0) parts.push({ type: "text", text: content });
  return { role: "user", content: parts };
}

function systemText(definition: AgentDefinition, nowMs: number, answerPrompt: string): string {
  const sections: string[] = [];
  const { description, role, instructions } = definition;
  if (description !== undefined && description !== "") sections.push(description);
  if (role !== undefined && role !== "") sections.push(`<your_role>\n${role}\n</your_role>`);
  if (instructions !== "") sections.push(`<instructions>\n${instructions}\n</instructions>`);
  const hints: string[] = [];
  if (definition.markdown && definition.output_schema === undefined)
    hints.push("- Use markdown to format your answers.");
  if (definition.add_datetime_to_context) {
    hints.push(`- The current time is ${formatTime(nowMs, definition.timezone_identifier)}.`);
  }
  if (hints.length > 0) {
    sections.push(`<additional_information>\n${hints.join("\n")}\n</additional_information>`);
  }
  if (answerPrompt !== "") sections.push(answerPrompt);
  return storableText(sections.join("\n"));
}

function formatTime(nowMs: number, timeZone: string | undefined): string {
  const options: Intl.DateTimeFormatOptions = { dateStyle: "full", timeStyle: "short", hourCycle: "h23" };
  try {
    const zone = timeZone ?? "UTC";
    return `${new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }).format(nowMs)} (${zone})`;
  } catch {
    return `${new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(nowMs)} (UTC)`;
  }
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
