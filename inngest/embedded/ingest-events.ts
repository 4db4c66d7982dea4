import type { JsonObject } from "#lib/core/json.ts";
import { cancelRun } from "./cancel-run.ts";
import type { EngineContext } from "./engine-context.ts";
import { evaluateExpression } from "./expression.ts";
import { matchKeysOf } from "./match-keys.ts";
import { type NewRun, planRuns } from "./plan-runs.ts";
import { type AcceptedEvents, acceptEvents } from "./store/accept-events.ts";
import { inTransaction } from "./store/in-transaction.ts";
import { lockSingleton } from "./store/lock-singleton.ts";
import { createRuns } from "./store/create-runs.ts";
import { findPauses, type PauseCandidate } from "./store/find-pauses.ts";
import type { StoredEvent } from "./stored-event.ts";

type Match = PauseCandidate & { eventId: string; state: string };

/**
 * Takes events in: they are written, start the runs of the functions that they trigger, end the waits that they match
 * and cancel runs, all or nothing. An event with a known id does nothing. `source` is the job of an event that was
 * stored before, with the run's end that it tells of.
 */
export async function ingestEvents(
  context: EngineContext,
  sent: readonly StoredEvent[],
  source?: { emitted: string; generation: number },
): Promise<void> {
  const events = [...new Map(sent.map((event) => [event.id, event])).values()];
  const nowMs = context.nowMs();
  const runs = events.flatMap((event) => planRuns(event, context.functions(), nowMs));
  const matches = await findMatches(context, events);
  const input: AcceptedEvents = {
    events: source ?? events,
    runs: runs.filter(({ replaces }) => !replaces),
    ended: matches
      .filter(({ kind }) => kind === "event")
      .map(({ id, eventId, state }) => ({ pauseId: id, eventId, state })),
  };
  const replacing = runs.filter(({ replaces }) => replaces);
  const cancelled = matches.filter(({ kind }) => kind === "cancel");
  if (replacing.length + cancelled.length === 0) await acceptEvents(context.store, input);
  else await acceptAndCancel(context, input, { replacing, cancelled });
  if (runs.length + matches.length > 0) context.wakeForCall(0);
  for (const { delayMs, startTimeoutMs } of runs) {
    if (delayMs > 0) context.wakeForCall(delayMs);
    if (startTimeoutMs !== null) context.wakeForTimer(startTimeoutMs);
  }
}

async function acceptAndCancel(
  context: EngineContext,
  input: AcceptedEvents,
  { replacing, cancelled }: { replacing: readonly NewRun[]; cancelled: readonly Match[] },
): Promise<void> {
  await inTransaction(async (db) => {
    const store = { ...context.store, db };
    const accepted = new Set(await acceptEvents(store, input));
    for (const match of cancelled) {
      if (!accepted.has(match.eventId)) continue;
      await cancelRun({ ...context, store }, { ...match, id: match.runId, event: match.startEvent });
    }
    for (const run of replacing) {
      if (!accepted.has(run.eventId)) continue;
      for (const former of await lockSingleton(store, run.singletonKey)) {
        await cancelRun({ ...context, store }, former);
      }
      await createRuns(store, [run]);
    }
  });
  context.wakeForTimer(0);
}

/** The waits and cancellations that the events match; each ends by the first of them that does. */
async function findMatches(context: EngineContext, events: readonly StoredEvent[]): Promise<Match[]> {
  const matches = new Map<string, Match>();
  for (const event of events) {
    const keys = matchKeysOf(event.payload);
    for (const pause of await findPauses(context.store, event.name, keys)) {
      if (matches.has(pause.id) || !isMatch(pause, event)) continue;
      matches.set(pause.id, { ...pause, eventId: event.id, state: `{"data":${event.text}}` });
    }
  }
  return [...matches.values()];
}

function isMatch({ expression, startEvent }: PauseCandidate, event: StoredEvent): boolean {
  if (expression === null) return true;
  const start = JSON.parse(startEvent) as JsonObject;
  return evaluateExpression(expression, { event: start, async: event.payload }) === true;
}
