import { z } from "zod";
import type { JournalEvent } from "#lib/core/journal.ts";
import type { Message } from "#lib/core/message.ts";
import { messagesOfRun } from "#lib/core/messages-of-run.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getBlob } from "#lib/db/blobs.ts";
import { readJournals } from "#lib/db/read-journals.ts";

/** More rows than a run of sensible length has once its text is merged; a longer one is shown to here. */
const MOST_ROWS_PER_RUN = 5_000;

/** What the loop records beside a ModelRequestStarted of the prompt as sent. */
const sentPromptSchema = z.object({ system: z.string().nullish(), history: z.array(z.string()).optional() });

/** A run's journal with the messages that its model was given and gave. */
export interface RunMessages {
  events: JournalEvent[];
  messages: Message[];
}

/**
 * Reads a run's messages: the system part as sent, the earlier runs that the model was told of (only `withHistory`),
 * and the run's own.
 */
export async function readRunMessages(
  scope: Scope,
  runId: string,
  options: { withHistory: boolean },
): Promise<RunMessages> {
  const journal = (await readJournals(scope, [runId], MOST_ROWS_PER_RUN)).get(runId);
  const events = journal?.events ?? [];
  const first = events.find(
    ({ body, index }) => body.type === "ModelRequestStarted" && journal?.internals.has(index) === true,
  );
  const sent = sentPromptSchema.safeParse(journal?.internals.get(first?.index ?? -1)).data;
  const blob = sent?.system ? await getBlob(scope, sent.system) : null;
  const own = messagesOfRun(runId, events, blob === null ? {} : { system: blob.data.toString("utf8") });
  const historyIds = sent?.history ?? [];
  if (!options.withHistory || historyIds.length === 0) return { events, messages: own };
  const earlier = await readJournals(scope, historyIds, MOST_ROWS_PER_RUN);
  const history = historyIds.flatMap((id) =>
    messagesOfRun(id, earlier.get(id)?.events ?? [], { fromHistory: true }),
  );
  const firstOwn = own[0]?.role === "system" ? 1 : 0;
  return { events, messages: [...own.slice(0, firstOwn), ...history, ...own.slice(firstOwn)] };
}
