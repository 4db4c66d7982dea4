import { Worker } from "node:worker_threads";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { createSlots } from "./slots.ts";

const MOST_MS = 5_000;
const MOST_MEMORY_MB = 256;
/** Pages read at a time by the whole process, which bounds the memory that all of them take. */
const MOST_AT_A_TIME = 4;
const TOO_COMPLICATED = "The page is too complicated to be read as text.";

/**
 * Turns a page into markdown. Whatever the page is made of, the process goes on meanwhile: the work is done in a
 * thread that is ended after five seconds, with 256 MB, or on the signal; it waits while four
 * others are read. Rejects with a sentence when it was ended.
 */
export async function htmlToMarkdown(html: string, signal: AbortSignal): Promise<string> {
  const slots = processSingleton("html-slots", () => createSlots(MOST_AT_A_TIME));
  const giveBack = await slots.take(signal);
  return readInThread(html, signal).finally(giveBack);
}

function readInThread(html: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL("./html-worker.ts", import.meta.url), {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const onAbort = () => end(() => reject(signal.reason));
    const timer = setTimeout(() => end(() => reject(new Error(TOO_COMPLICATED))), MOST_MS);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      void worker.terminate();
      settle();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    // A message, not workerData: the bundler wraps that for purposes of its own.
    worker.postMessage(html);
    worker.once("message", (markdown: string) => end(() => resolve(markdown)));
    worker.once("error", (cause) => end(() => reject(new Error(TOO_COMPLICATED, { cause }))));
    worker.once("exit", () => end(() => reject(new Error(TOO_COMPLICATED))));
  });
}
