import { AppError } from "#lib/core/app-error.ts";
import type { JournalEvent } from "#lib/core/journal.ts";
import { liveEvents } from "#lib/core/live-events.ts";
import type { Message } from "#lib/core/message.ts";
import type { Scope } from "#lib/core/scope.ts";
import { type TranscriptEntry, transcript } from "#lib/core/transcript.ts";
import type { RunRecord } from "#lib/db/run-row.ts";
import { getRun } from "#lib/db/runs.ts";
import { readRunMessages } from "./run-messages.ts";

/** Which run of which agent and session; a credential that is bound to a session sees that one only. */
export interface RunAddress {
  agentId: string;
  runId: string;
  sessionId: string;
  boundSessionId?: string | null;
}

/** A run's conversation, and the messages that it is on the wire, the system's included. */
export interface RunTranscript {
  run: RunRecord;
  events: readonly JournalEvent[];
  entries: readonly TranscriptEntry[];
  messages: Message[];
}

/** Reads the conversation of one of the caller's runs. Throws not_found unless the caller has it at that address. */
export async function readRunTranscript(scope: Scope, address: RunAddress): Promise<RunTranscript> {
  const run = await getRun(scope, address.runId);
  const bound = address.boundSessionId ?? null;
  if (
    run === null ||
    run.componentId !== address.agentId ||
    run.sessionId !== address.sessionId ||
    (bound !== null && bound !== run.sessionId)
  ) {
    throw new AppError("not_found", "Run not found");
  }
  const { events, messages } = await readRunMessages(scope, run.rootRunId, { withHistory: false });
  return { run, events, entries: transcript(liveEvents(events, run.id)), messages };
}
