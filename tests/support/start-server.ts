import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ServerReport } from "#scripts/server/server-report.ts";
import { ALLOCATOR_SETTINGS } from "#scripts/start/allocator-settings.mjs";
import { ensureBuild } from "#scripts/setup/ensure-build.mjs";
import { dropServerDatabase, serverDatabase } from "./server-database.ts";

interface StartTestServerOptions {
  /** Additions to the server's environment; undefined removes a variable. */
  env?: Record<string, string | undefined>;
  /** An existing data folder, to restart on; by default a new one that `stop` removes. */
  dataDirectory?: string;
}

export interface TestServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  dataDirectory: string;
  pid: number;
  /** Null unless the first account needs a code. */
  setupCode: string | null;
  /** What the server has written to its terminal so far. */
  output: () => string;
  /** SIGTERM; resolves with the exit code when the process is gone. Removes a data folder that we made. */
  stop: () => Promise<number | null>;
  /** SIGKILL, as a crash would; resolves when the process is gone and leaves the data folder. */
  kill: () => Promise<void>;
}

/** A first start takes about 5 s on an idle machine. */
const startLimitMs = 90_000;
const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Starts a real server process on a free port of loopback and waits until it answers. The build is made when the
 * sources have changed; GATEHOUSE_TEST_BUILD names one to use as it is. Rejects with the server's output when it fails.
 */
export async function startTestServer(options: StartTestServerOptions = {}): Promise<TestServer> {
  const build = process.env.GATEHOUSE_TEST_BUILD ?? (await ensureBuild((_label, work) => work()));
  const dataDirectory = options.dataDirectory ?? mkdtempSync(path.join(tmpdir(), "gatehouse-"));
  const child = spawn(process.execPath, [path.join(projectRoot, "scripts/serve.ts"), `--build=${build}`], {
    cwd: projectRoot,
    env: testEnvironment(dataDirectory, {
      DATABASE_URL: await serverDatabase(dataDirectory),
      ...options.env,
    }),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = once(child, "exit");
  const ready = await waitUntilReady(child, exited, () => output);
  return {
    url: `http://127.0.0.1:${ready.port}`,
    dataDirectory,
    pid: child.pid ?? 0,
    setupCode: ready.setupCode,
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      const [code] = await exited;
      if (options.dataDirectory === undefined) {
        rmSync(dataDirectory, { recursive: true, force: true });
        await dropServerDatabase(dataDirectory);
      }
      return code;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function testEnvironment(dataDirectory: string, additions: Record<string, string | undefined>) {
  return {
    ...ALLOCATOR_SETTINGS,
    ...process.env,
    NODE_ENV: "production" as const,
    HOST: "127.0.0.1",
    PORT: "0",
    GATEHOUSE_DATA: dataDirectory,
    ...additions,
  };
}

async function waitUntilReady(child: ChildProcess, exited: Promise<unknown[]>, output: () => string) {
  const ready = Promise.withResolvers<Extract<ServerReport, { kind: "ready" }>>();
  let step = "its beginning";
  child.on("message", (report: ServerReport) => {
    if (report.kind === "progress") step = report.step;
    if (report.kind === "ready") ready.resolve(report);
    if (report.kind === "failed") ready.reject(new Error(`${report.sentence}\n${output()}`));
  });
  void exited.then(([code]) => {
    ready.reject(
      new Error(`The server ended with exit code ${String(code)} before it was ready:\n${output()}`),
    );
  });
  const limit = setTimeout(() => {
    ready.reject(
      new Error(`The server was not ready after ${startLimitMs / 1000} s; it is at: ${step}\n${output()}`),
    );
    child.kill("SIGKILL");
  }, startLimitMs);
  return ready.promise.finally(() => clearTimeout(limit));
}
