import { randomUUID } from "node:crypto";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { createEngine, type EmbeddedEngine } from "#inngest/embedded/engine.ts";

/** An application with durable functions on an engine of its own, served in this process by the genuine SDK. */
export interface DurableApp {
  client: Inngest;
  engine: EmbeddedEngine;
  /** What went wrong where nobody waited. */
  errors: unknown[];
}

interface DurableAppOptions {
  id?: string;
  functions(client: Inngest): InngestFunction.Any[];
  /** Milliseconds by which the engine runs ahead of the clock. */
  aheadMs?: () => number;
  pollMs?: number;
  checkpointing?: boolean;
}

/** Starts an engine on the process's database and the functions that it runs. */
export async function startDurableApp(options: DurableAppOptions): Promise<DurableApp> {
  const signingKey = `signkey-test-${randomUUID().replaceAll("-", "")}`;
  const errors: unknown[] = [];
  let handler: (request: Request) => Promise<Response>;
  const engine = createEngine({
    served: {
      url: "http://app.test/api/inngest",
      signingKey,
      send: (request) => handler(request),
    },
    onError: (message, error) => {
      console.error(message, error);
      errors.push(error);
    },
    random: () => 0,
    ...(options.aheadMs === undefined ? {} : { aheadMs: options.aheadMs }),
    ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
  });
  const silent = () => {};
  const client = new Inngest({
    id: options.id ?? "app",
    fetch: (input, init) => engine.fetch(input as Request, init),
    baseUrl: "http://inngest.embedded",
    eventKey: "test",
    signingKey,
    isDev: false,
    checkpointing: options.checkpointing ?? true,
    logger: { info: silent, warn: silent, error: silent, debug: silent },
  });
  handler = serve({ client, functions: options.functions(client), enableUnauthedSync: false });
  await engine.sync();
  await engine.start();
  return { client, engine, errors };
}
