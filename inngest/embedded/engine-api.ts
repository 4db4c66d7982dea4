import { z } from "zod";
import { decide } from "./decide.ts";
import type { EngineContext } from "./engine-context.ts";
import { ingestEvents } from "./ingest-events.ts";
import { makeEventId } from "./make-event-id.ts";
import { operationSchema } from "./operation.ts";
import { sendSignal } from "./send-signal.ts";
import { saveCheckpoint } from "./store/save-checkpoint.ts";
import { sentEventSchema, storedEvent } from "./stored-event.ts";

/** The server's limit for one event. */
const MAX_EVENT_BYTES = 512 * 1024;

const checkpointSchema = z.object({
  qi_id: z.string(),
  generation_id: z.number().int(),
  steps: z.array(operationSchema),
});
const signalSchema = z.object({ signal: z.string().min(1), data: z.unknown().optional() });

/**
 * Answers what the SDK asks of the Inngest API: sending events and signals, and checkpoints of a call under way.
 * It is reached within the process only. What the engine does not have is answered with 501 and a sentence.
 */
export async function engineApi(context: EngineContext, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  try {
    if (request.method === "POST" && pathname.startsWith("/e/")) return await receiveEvents(context, request);
    const [, runId] = /^\/v1\/checkpoint\/([^/]+)\/async$/.exec(pathname) ?? [];
    if (request.method === "POST" && runId !== undefined) {
      return await receiveCheckpoint(context, decodeURIComponent(runId), request);
    }
    if (request.method === "POST" && pathname === "/v1/signals") return await receiveSignal(context, request);
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
    const sentence = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    return refuse(400, sentence);
  }
  return refuse(
    501,
    `The embedded engine does not have ${request.method} ${pathname}; use an Inngest server.`,
  );
}

async function receiveEvents(context: EngineContext, request: Request): Promise<Response> {
  const sent: unknown = await request.json();
  const events = sentEventSchema.array().parse(Array.isArray(sent) ? sent : [sent]);
  const seed = request.headers.get("x-inngest-event-id-seed");
  const nowMs = context.nowMs();
  const stored = events.map((event, place) =>
    storedEvent(event, { id: event.id ?? makeEventId(seed, place), nowMs }),
  );
  const reserved = stored.find(({ name }) => name.startsWith("inngest/"));
  if (reserved !== undefined) return refuse(400, `The name ${reserved.name} is the engine's own.`);
  if (stored.some(({ text }) => Buffer.byteLength(text) > MAX_EVENT_BYTES)) {
    return refuse(413, "An event may have 512 KB.");
  }
  await ingestEvents(context, stored);
  return Response.json({ ids: stored.map(({ id }) => id), status: 200 });
}

/** A checkpoint of a claim that is void gets 409, at which the SDK stops the function. */
async function receiveCheckpoint(context: EngineContext, runId: string, request: Request): Promise<Response> {
  const { qi_id: jobId, generation_id: generation, steps } = checkpointSchema.parse(await request.json());
  const decision = decide(
    { kind: "operations", operations: steps, version: null, retryAfter: null },
    { attempt: 0, maxAttempts: 1, nowMs: context.nowMs(), random: 0, knowsFunction: () => false },
  );
  const isValid = await saveCheckpoint(context.store, { jobId, runId, generation }, decision.settled);
  return isValid
    ? Response.json({ data: {} })
    : refuse(409, "This call was claimed again or its run has ended.");
}

async function receiveSignal(context: EngineContext, request: Request): Promise<Response> {
  const { signal, data } = signalSchema.parse(await request.json());
  const runId = await sendSignal(context, signal, data ?? null);
  return runId === null
    ? refuse(404, "Nobody waits for this signal.")
    : Response.json({ data: { run_id: runId } });
}

function refuse(status: number, error: string): Response {
  return Response.json({ error, status }, { status });
}
