import type { LanguageModelV4Message } from "@ai-sdk/provider";
import { z } from "zod";
import type { JournalEvent } from "../core/journal.ts";
import { jsonObjectSchema, type JsonValue } from "../core/json.ts";
import { liveEvents } from "../core/live-events.ts";
import type { RunAttachment } from "../core/run-event.ts";
import { type RunTurn, runTurns } from "../core/run-turns.ts";
import { userMessage } from "./build-prompt.ts";
import { toolMessage } from "./call-tools.ts";
import { assistantMessage } from "./assistant-message.ts";
import type { InputFile } from "./ports.ts";

/** What the events alone do not hold. */
export interface MessageSources {
  /** The rows' internal records by index: they hold what providers want back (signatures, item ids). */
  internals?: ReadonlyMap<number, JsonValue>;
  /** Bytes of attachments by hash. One that is missing is only named. */
  files?: ReadonlyMap<string, Uint8Array>;
}

const metadataSchema = z.record(z.string(), jsonObjectSchema);
const completionSchema = z.object({
  layout: z
    .array(
      z.object({
        type: z.enum(["text", "reasoning", "call"]),
        length: z.number().int().nonnegative().optional(),
        metadata: metadataSchema.optional(),
      }),
    )
    .optional(),
});

/**
 * A run as later runs of its session tell it to the model: the question, what was said, which tools were called with
 * which result. `events` is the journal of a run of its own (a root), in order. Of a run that was cancelled or failed
 * stays what it has; a call without a result is left out, for providers refuse those.
 */
export function messagesFromEvents(
  events: readonly JournalEvent[],
  sources: MessageSources = {},
): LanguageModelV4Message[] {
  const rootRunId = events[0]?.rootRunId;
  if (rootRunId === undefined) return [];
  const live = liveEvents(events, rootRunId);
  const messages: LanguageModelV4Message[] = [];
  for (const { body } of live) {
    if (body.type === "RunStarted" && body.input !== undefined) {
      messages.push(questionMessage(body.input.content, body.input.attachments ?? [], sources));
    }
  }
  for (const turn of runTurns(live)) messages.push(...turnMessages(turn, sources));
  return messages;
}

function turnMessages(turn: RunTurn, sources: MessageSources): LanguageModelV4Message[] {
  const answered = turn.calls.filter((call) => call.finishedAtMs !== null);
  // Providers check that what they want back comes back whole; a turn that broke off is told without it.
  const whole = turn.completed !== null && answered.length === turn.calls.length;
  const said = assistantMessage(
    turn.text,
    turn.reasoning,
    answered.map(({ tool }) => ({ id: tool.tool_call_id, name: tool.tool_name, input: tool.tool_args })),
    whole ? storedLayout(turn, sources) : undefined,
  );
  if (said === null) return [];
  if (answered.length === 0) return [said];
  const results = answered.map(({ tool }) => ({
    id: tool.tool_call_id,
    name: tool.tool_name,
    outcome: { text: tool.result ?? "", isError: tool.tool_call_error === true },
  }));
  return [said, toolMessage(results)];
}

function storedLayout(turn: RunTurn, sources: MessageSources) {
  if (turn.completedIndex === null) return undefined;
  const stored = completionSchema.safeParse(sources.internals?.get(turn.completedIndex));
  return stored.success ? stored.data.layout : undefined;
}

function questionMessage(
  content: string,
  attachments: readonly RunAttachment[],
  sources: MessageSources,
): LanguageModelV4Message {
  const files: InputFile[] = [];
  const missing: string[] = [];
  for (const attachment of attachments) {
    const bytes = sources.files?.get(attachment.hash);
    if (bytes === undefined) missing.push(`[Attached: ${attachment.filename}]`);
    else files.push({ filename: attachment.filename, mediaType: attachment.mime_type, bytes });
  }
  return userMessage([...missing, content].join("\n"), files);
}
