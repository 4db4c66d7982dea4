import type { JournalEvent, RunIdentity } from "#lib/core/journal.ts";
import { encodeFrame, toFrame } from "#lib/core/run-frame.ts";
import type { RunEventType } from "#lib/core/run-event.ts";
import type { RunWatch } from "./watch-run.ts";

/** A comment line every 30 s keeps proxies from closing a silent connection; the interval is the wire's. */
const HEARTBEAT_MS = 30_000;

const SSE_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  connection: "keep-alive",
  "x-accel-buffering": "no",
};

const CONTENT = new Set<RunEventType>(["RunContent", "RunPaused", "RunError"]);

/** What a stream shows and where it begins. */
export interface RunEventStreamOptions {
  run: RunIdentity;
  watch: RunWatch;
  /** Sent before the first event, such as the frames of a resume. */
  preamble?: string;
  /** Sent once all events up to this index have gone out. */
  announcement?: { afterIndex: number; text: string };
  /** Only the text of the answer, what it waits for and why it failed, without the frames around it. */
  contentOnly?: boolean;
}

/**
 * Streams a run's events as server-sent events. Reads the journal no faster than the connection takes it;
 * a closed connection ends the watch and nothing else.
 */
export function runEventStream(options: RunEventStreamOptions): Response {
  const encoder = new TextEncoder();
  const { watch, run } = options;
  let announcement = options.announcement;

  function encode(events: readonly JournalEvent[]): string {
    let text = "";
    for (const event of events) {
      if (options.contentOnly !== true || isContent(event)) {
        text += encodeFrame(toFrame(event, run));
      }
      if (announcement !== undefined && event.lastIndex >= announcement.afterIndex) {
        text += announcement.text;
        announcement = undefined;
      }
    }
    return text;
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (options.preamble !== undefined) controller.enqueue(encoder.encode(options.preamble));
      },
      async pull(controller) {
        // A pull that enqueues nothing would never be called again, so it goes on until there is something to say.
        for (;;) {
          const events = await watch.next(HEARTBEAT_MS);
          if (events === null) {
            watch.close();
            controller.close();
            return;
          }
          const text = events === "idle" ? ": heartbeat\n\n" : encode(events);
          if (text === "") continue;
          controller.enqueue(encoder.encode(text));
          return;
        }
      },
      cancel() {
        watch.close();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: SSE_HEADERS });
}

/** True for what a content-only stream shows. What another model is to write the answer from is no part of it. */
function isContent({ body }: JournalEvent): boolean {
  return CONTENT.has(body.type) && !(body.type === "RunContent" && body.intermediate === true);
}
