import { randomUUID } from "node:crypto";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "#lib/db/database.ts";
import { DURABLE_CHANNEL, notifyDurable } from "#lib/db/notify-durable.ts";
import { type NotificationListener, startNotificationListener } from "#lib/db/notification-listener.ts";
import { cancelFor } from "./cancel-for.ts";
import type { ServedFunctions } from "./call-function.ts";
import { engineApi } from "./engine-api.ts";
import type { EngineContext } from "./engine-context.ts";
import type { FunctionConfig } from "./function-config.ts";
import { performCall } from "./perform-call.ts";
import { rerun } from "./rerun.ts";
import { Scheduler } from "./scheduler.ts";
import { releaseLeases } from "./store/leases.ts";
import { preparedQueries } from "./store/prepared-queries.ts";
import { listFunctions, registerFunctions } from "./store/registered-functions.ts";
import { syncFunctions } from "./sync-functions.ts";

/**
 * How long an engine's claims outlive it on a database that others share. One that stalls for longer than this finds
 * its claims void; the steps that it was in are run twice.
 */
const LEASE_MS = 15_000;

export interface EngineOptions {
  served: ServedFunctions;
  /** Gets what went wrong where nobody waits for the outcome. */
  onError: (message: string, error: unknown) => void;
  /** Milliseconds by which the engine runs ahead of the clock; for tests that do not want to wait. */
  aheadMs?: () => number;
  /** From 0 to 1, for delays that are spread. */
  random?: () => number;
  /** Milliseconds for which a claim holds without a sign of life; it is renewed three times as often. */
  leaseMs?: number;
  /** Milliseconds between two looks at what other engines have left. */
  pollMs?: number;
}

/** Durable functions run by this process, with their state in its database. */
export interface EmbeddedEngine {
  /** The `fetch` of an Inngest client: answers for the Inngest API, within the process. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Asks the serve handler for its functions and registers them; again after they have changed. */
  sync(): Promise<void>;
  /** Begins to work. Events can be sent before, and wait. */
  start(): Promise<void>;
  /** Claims nothing more; calls under way go on. */
  quiesce(): Promise<void>;
  /** Waits up to `graceMs` milliseconds for the calls under way and gives up what is left. */
  stop(graceMs: number): Promise<void>;
  /** Cancels a run of the organization at somebody's wish, with its audit row. */
  cancelRun(scope: Scope, runId: string): Promise<void>;
  /** Starts a run again from its event, with its audit row; returns the new id, or null when its function is no more. */
  rerun(scope: Scope, runId: string): Promise<string | null>;
  /** Looks at the whole queue: another process or a store function may have written to it. */
  wake(): void;
  /** Stops as a killed process does: at once, and with its claims in place. */
  abandon(): void;
}

/** Makes an engine on the process's database. It does nothing before it is started. */
export function createEngine(options: EngineOptions): EmbeddedEngine {
  const { served, onError, aheadMs = () => 0, random = Math.random } = options;
  let registered: readonly FunctionConfig[] = [];
  let servedIds: readonly string[] = [];
  const prepared = preparedQueries();
  const context: EngineContext = {
    store: {
      db: prepared.db,
      get now() {
        const ms = aheadMs();
        return ms === 0 ? "now()" : `(now() + interval '${ms} milliseconds')`;
      },
      ownerId: randomUUID(),
      leaseMs: options.leaseMs ?? LEASE_MS,
    },
    functions: () => registered,
    nowMs: () => Date.now() + aheadMs(),
    random,
    wakeForCall: (inMs) => scheduler?.wakeForCall(inMs),
    wakeForTimer: (inMs) => scheduler?.wakeForTimer(inMs),
  };
  let scheduler: Scheduler | undefined;
  let listener: NotificationListener | undefined;

  async function readFunctions(): Promise<void> {
    registered = await listFunctions(context.store);
  }

  return {
    async fetch(input, init) {
      return engineApi(context, new Request(input, init));
    },
    async sync() {
      const { appId, functions } = await syncFunctions(served);
      await registerFunctions(context.store, appId, functions, context.nowMs());
      servedIds = functions.map(({ id }) => id);
      await readFunctions();
      scheduler?.wakeAll();
    },
    async start() {
      const isShared = database().kind === "postgres";
      // The data folder is locked: whoever held a claim on the embedded database is dead.
      if (!isShared) await releaseLeases(context.store, "all");
      await readFunctions();
      scheduler = new Scheduler({
        context,
        servedIds: () => servedIds,
        perform: (call) => performCall(context, served, call),
        isShared,
        pollMs: options.pollMs ?? (isShared ? 2_000 : 30_000),
        beforePoll: async () => {
          if (isShared) await readFunctions();
        },
        notifyOthers: () => notifyDurable(context.store.ownerId),
        onError,
      });
      const lookAgain = () => scheduler?.wakeForTimer(0);
      listener = await startNotificationListener({
        channels: {
          [DURABLE_CHANNEL]: (origin) => {
            if (origin !== context.store.ownerId) lookAgain();
          },
        },
        onReconnect: lookAgain,
        onError: (error) => onError("The line to the other replicas' durable work was lost.", error),
      });
      scheduler.start();
    },
    quiesce: async () => scheduler?.quiesce(),
    async stop(graceMs) {
      await listener?.stop();
      await scheduler?.stop(graceMs);
      await prepared.close();
    },
    cancelRun: (scope, runId) => cancelFor(context, scope, runId),
    rerun: (scope, runId) => rerun(context, scope, runId),
    wake: () => scheduler?.wakeAll(),
    abandon() {
      void listener?.stop();
      scheduler?.abandon();
      void prepared.close();
    },
  };
}
