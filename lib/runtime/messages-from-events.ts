import type { LanguageModelV4Message } from "@ai-sdk/provider";
import type { JournalEvent } from "../core/journal.ts";
import { liveEvents } from "../core/live-events.ts";
import type { RunAttachment } from "../core/run-event.ts";
import { transcript } from "../core/transcript.ts";
import { userMessage } from "./build-prompt.ts";
import type { JournalInternals } from "./internal-record.ts";
import type { InputFile } from "./ports.ts";
import { turnMessages } from "./turn-messages.ts";

/** What the events alone do not hold. */
export interface MessageSources {
  /** The rows' internal records by index: they hold what providers want back (signatures, item ids). */
  internals?: JournalInternals;
  /** Bytes of attachments by hash. One that is missing is only named. */
  files?: ReadonlyMap<string, Uint8Array>;
}

const NO_INTERNALS: JournalInternals = new Map();

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
  return transcript(liveEvents(events, rootRunId)).flatMap((entry) =>
    entry.kind === "question"
      ? [questionMessage(entry.input.content, entry.input.attachments ?? [], sources)]
      : turnMessages(entry.turn, sources.internals ?? NO_INTERNALS, sources.files),
  );
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
