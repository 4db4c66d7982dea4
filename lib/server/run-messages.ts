import { z } from "zod";
import type { JournalEvent } from "#lib/core/journal.ts";
import type { Message } from "#lib/core/message.ts";
import { messagesOfRun } from "#lib/core/messages-of-run.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getBlob } from "#lib/db/blobs.ts";
import { readInternalRecords, readRunEvents } from "#lib/db/run-events.ts";

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
  const [events, records] = await Promise.all([
    readRunEvents(scope, runId, -1, MOST_ROWS_PER_RUN),
    readInternalRecords(scope, runId),
  ]);
  const sent = records
    .filter((record) => record.type === "ModelRequestStarted")
    .map((record) => sentPromptSchema.safeParse(record.internal).data)[0];
  const blob = sent?.system ? await getBlob(scope, sent.system) : null;
  const own = messagesOfRun(runId, events, blob === null ? {} : { system: blob.data.toString("utf8") });
  if (!options.withHistory) return { events, messages: own };
  const history = await Promise.all(
    (sent?.history ?? []).map(async (earlierId) =>
      messagesOfRun(earlierId, await readRunEvents(scope, earlierId, -1, MOST_ROWS_PER_RUN), {
        fromHistory: true,
      }),
    ),
  );
  const firstOwn = own[0]?.role === "system" ? 1 : 0;
  return { events, messages: [...own.slice(0, firstOwn), ...history.flat(), ...own.slice(firstOwn)] };
}
