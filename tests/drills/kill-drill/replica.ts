import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

/** A server of the drill that is killed and started again on the same data. */
export interface Replica {
  /** The address while it is up, else null. */
  url(): string | null;
  /** Starts it; `failPoint` arms the moment at which it ends itself. Returns the milliseconds until it answered. */
  start(failPoint: string | null): Promise<number>;
  /** SIGKILL now. */
  kill(): Promise<void>;
  /** Resolves true when it has ended itself within `limitMs`. */
  endsItself(limitMs: number): Promise<boolean>;
  /** A clean stop. */
  stop(): Promise<void>;
}

/** Makes a replica on a data folder, with the environment that all replicas share. */
export function makeReplica(dataDirectory: string, environment: Record<string, string | undefined>): Replica {
  let server: TestServer | null = null;
  return {
    url: () => server?.url ?? null,
    async start(failPoint) {
      const began = performance.now();
      server = await startTestServer({
        dataDirectory,
        env: { ...environment, GATEHOUSE_FAIL_POINT: failPoint ?? undefined },
      });
      return performance.now() - began;
    },
    async kill() {
      const victim = server;
      server = null;
      await victim?.kill();
    },
    async endsItself(limitMs) {
      const pid = server?.pid;
      const deadline = performance.now() + limitMs;
      while (pid !== undefined && performance.now() < deadline) {
        if (!isRunning(pid)) {
          server = null;
          return true;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return false;
    },
    async stop() {
      const last = server;
      server = null;
      await last?.stop();
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
