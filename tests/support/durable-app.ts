import { randomUUID } from "node:crypto";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { createEngine, type EmbeddedEngine } from "#inngest/embedded/engine.ts";
import { database } from "#lib/db/database.ts";
import { eventually } from "./eventually.ts";

/** An application with durable functions on an engine of its own, served in this process by the genuine SDK. */
export interface DurableApp {
  client: Inngest;
  engine: EmbeddedEngine;
  /** What went wrong where nobody waited. */
  errors: unknown[];
  /** Ends it as kill -9 does: nothing is claimed, answered, saved or heard any more. */
  kill(): void;
  /** Lets the engine's time run ahead of the clock. */
  advance(ms: number): void;
  /** Waits until this many runs of a function have ended; the oldest first. */
  ended(functionId: string, count?: number): Promise<EndedRun[]>;
  /** Waits until this many jobs of the kind are there. */
  jobs(kind: string, count?: number): Promise<void>;
}

export interface EndedRun {
  id: string;
  status: string;
  output: unknown;
  error: { name: string; message: string } | null;
}

interface DurableAppOptions {
  /** The application's id. Each test has its own, so that they can share a database. */
  id: string;
  functions(client: Inngest): InngestFunction.Any[];
  checkpointing?: boolean;
  leaseMs?: number;
}

/** Starts an engine on the process's database and the functions that it runs. */
export async function startDurableApp(options: DurableAppOptions): Promise<DurableApp> {
  const signingKey = `signkey-test-${randomUUID().replaceAll("-", "")}`;
  const errors: unknown[] = [];
  let aheadMs = 0;
  let isDead = false;
  const unlessDead = <T>(work: () => Promise<T>): Promise<T> =>
    isDead
      ? new Promise(() => {})
      : work().then((result) => (isDead ? new Promise<never>(() => {}) : result));
  let handler: (request: Request) => Promise<Response>;
  const engine = createEngine({
    served: {
      url: "http://app.test/api/inngest",
      signingKey,
      send: (request) => unlessDead(() => handler(request)),
    },
    onError: (_message, error) => errors.push(error),
    random: () => 0,
    aheadMs: () => aheadMs,
    ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
  });
  const silent = () => {};
  const client = new Inngest({
    id: options.id,
    fetch: (input, init) => unlessDead(() => engine.fetch(input as Request, init)),
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
  return {
    client,
    engine,
    errors,
    kill() {
      isDead = true;
      engine.abandon();
    },
    advance(ms) {
      aheadMs += ms;
      engine.wake();
    },
    ended: (functionId, count = 1) =>
      eventually(async () => {
        const runs = await endedRuns(`${options.id}-${functionId}`);
        return runs.length >= count ? runs : null;
      }),
    jobs: async (kind, count = 1) => {
      await eventually(async () => {
        const { rowCount } = await database().pool.query(
          `SELECT 1 FROM "DurableJob" WHERE kind = $1 AND "functionId" LIKE $2`,
          [kind, `${options.id}-%`],
        );
        return rowCount === count ? true : null;
      });
    },
  };
}

async function endedRuns(functionId: string): Promise<EndedRun[]> {
  const { rows } = await database().pool.query<{ id: string; status: string; output: string; error: string }>(
    `SELECT id, status, output, error FROM "DurableRun" WHERE "functionId" = $1 AND "endedAt" IS NOT NULL
     ORDER BY ordinal`,
    [functionId],
  );
  return rows.map(({ id, status, output, error }) => ({
    id,
    status,
    output: JSON.parse(output ?? "null") as unknown,
    error: JSON.parse(error ?? "null") as EndedRun["error"],
  }));
}
