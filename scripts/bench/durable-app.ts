import { Inngest } from "inngest";
import { serve } from "inngest/edge";
import { createEngine, type EmbeddedEngine } from "#inngest/embedded/engine.ts";

/** Bytes of a durable step's result: a page of text. */
const STEP_BYTES = 16_384;
const SIGNING_KEY = "signkey-bench-0123456789abcdef";

/** An application whose functions the bench measures, on an engine of its own. */
export interface BenchApp {
  engine: EmbeddedEngine;
  /** Sends that many events of a name at once. */
  send(name: "short" | "steps" | "sleep", count: number, data?: Record<string, number>): Promise<void>;
  /** When functions `short` began, in milliseconds of the monotonic clock. */
  starts: number[];
}

/** Starts the application on the process's registered database. */
export async function startBenchApp(): Promise<BenchApp> {
  const starts: number[] = [];
  const engine = createEngine({
    served: {
      url: "http://bench.test/api/inngest",
      signingKey: SIGNING_KEY,
      send: (request) => handler(request),
    },
    onError: (message, error) => console.error(message, error),
  });
  const client = new Inngest({
    id: "bench",
    fetch: (input, init) => engine.fetch(input as Request, init),
    baseUrl: "http://inngest.embedded",
    eventKey: "bench",
    signingKey: SIGNING_KEY,
    isDev: false,
  });
  const text = "x".repeat(STEP_BYTES);
  const handler = serve({
    client,
    enableUnauthedSync: false,
    functions: [
      client.createFunction(
        {
          id: "short",
          triggers: [{ event: "short" }],
          retries: 0,
          concurrency: [{ limit: 100, key: "event.data.n" }],
        },
        () => {
          starts.push(performance.now());
        },
      ),
      client.createFunction(
        { id: "steps", triggers: [{ event: "steps" }], retries: 0 },
        async ({ event, step }) => {
          const count = Number(event.data["steps"]);
          for (let place = 0; place < count; place += 1) await step.run(`step-${place}`, () => text);
        },
      ),
      client.createFunction({ id: "sleep", triggers: [{ event: "sleep" }], retries: 0 }, async ({ step }) => {
        await step.sleep("nap", "1d");
      }),
    ],
  });
  await engine.sync();
  await engine.start();
  return {
    engine,
    starts,
    async send(name, count, data = {}) {
      await client.send(Array.from({ length: count }, (_, n) => ({ name, data: { n: n % 10, ...data } })));
    },
  };
}
