import { freeOutboxClaims } from "#lib/db/outbox.ts";
import { log } from "#lib/server/log.ts";
import { inngest } from "./client.ts";
import { clientKeys } from "./client-keys.ts";
import type { Durable } from "./durable.ts";
import { createEngine, type EmbeddedEngine } from "./embedded/engine.ts";
import { registerEngine } from "./embedded-engine.ts";
import { isExternal } from "./is-external.ts";
import { startOutboxRelay } from "./outbox-relay.ts";
import { sendOverLoopback } from "./send-over-loopback.ts";
import { SERVE_PATH, serveInngest } from "./serve-handler.ts";
import { startExternal } from "./start-external.ts";
import { watchFunctions } from "./watch-functions.ts";

/** How long calls under way may go on after everything else has been drained. */
const GRACE_MS = 3_000;

interface DurableOptions {
  /** Under `npm run dev` functions are called over HTTP, so that edited code runs. */
  isDevelopment: boolean;
  /** This server's own address, such as http://127.0.0.1:7777. */
  origin: string;
  /** Whether this machine alone can reach it. */
  isLoopback: boolean;
}

/**
 * Starts what the server process owns of the durable work, after the database is open and the process has booted: the
 * embedded engine, or the registration with an Inngest server when one is set, and the outbox's relay to it. Throws an
 * Error with a sentence for the operator when a function cannot be registered or the settings do not fit together.
 */
export async function startDurable(options: DurableOptions): Promise<Durable> {
  const engine = isExternal() ? startExternal(options) : await startEmbedded(options);
  // Else what a killed process was about to send would wait until its claim has run out.
  await freeOutboxClaims();
  const relay = startOutboxRelay((events) => inngest.send(events));
  return {
    async quiesce() {
      await relay.stop();
      await engine.quiesce();
    },
    stop: () => engine.stop(),
  };
}

async function startEmbedded(options: DurableOptions): Promise<Durable> {
  const engine = createEngine({
    served: {
      url: `${options.origin}${SERVE_PATH}`,
      signingKey: clientKeys().signingKey ?? "",
      send: options.isDevelopment ? sendOverLoopback : serveInngest,
    },
    onError: (message, error) => log("error", message, { error }),
  });
  registerEngine(engine);
  const watcher = options.isDevelopment ? watchFunctions(() => engine.sync()) : null;
  if (watcher === null) await engine.sync();
  await engine.start();
  return {
    quiesce: () => engine.quiesce(),
    async stop() {
      watcher?.close();
      await stopEngine(engine);
    },
  };
}

async function stopEngine(engine: EmbeddedEngine): Promise<void> {
  await engine.stop(GRACE_MS);
  registerEngine(null);
}
