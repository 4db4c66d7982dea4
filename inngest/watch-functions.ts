import { watch } from "node:fs";
import path from "node:path";
import { log } from "#lib/server/log.ts";

const SETTLE_MS = 300;
const RETRY_MS = 1_000;

/**
 * Registers the functions, and again whenever one of their files is saved. Under `npm run dev` only: the first
 * attempts wait for the server to listen, and code that does not compile is tried again.
 */
export function watchFunctions(sync: () => Promise<void>): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const again = (inMs: number) => {
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void attempt(), inMs);
    timer.unref();
  };
  async function attempt(): Promise<void> {
    try {
      await sync();
    } catch (error) {
      log("info", "The durable functions could not be registered yet.", { error });
      again(RETRY_MS);
    }
  }
  const watcher = watch(path.resolve("inngest"), { recursive: true }, () => again(SETTLE_MS));
  watcher.unref();
  again(0);
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
      watcher.close();
    },
  };
}
