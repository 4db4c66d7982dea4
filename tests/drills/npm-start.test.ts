import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { acquireDataFolderLock } from "#scripts/data-folder-lock.mjs";
import { apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";

const startScript = path.join(import.meta.dirname, "../../scripts/start.mjs");
/** Long enough for a build on a slow machine. */
const readyLimitMs = 240_000;

let dataDirectory = "";
let started: ChildProcess[] = [];

beforeEach(() => {
  dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-npm-start-"));
});

afterEach(() => {
  for (const child of started) if (child.exitCode === null) child.kill("SIGKILL");
  started = [];
  rmSync(dataDirectory, { recursive: true, force: true });
});

/** Starts as a person does, or through a shell as npm does, and waits for the printed URL. */
async function start(through: "node" | "npm's shell" = "node") {
  const command = [process.execPath, startScript, "--port", "0", "--data", dataDirectory];
  // The second command keeps the shell from becoming the first.
  const shell = ["sh", "-c", `"${command.join('" "')}"; exit $?`];
  const [program = "", ...args] = through === "node" ? command : shell;
  const npm = through === "node" ? undefined : "start";
  const child = spawn(program, args, {
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      LOG_LEVEL: "error",
      JWT_VERIFICATION_KEY: TEST_JWT_KEY,
      npm_lifecycle_event: npm,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const exited = once(child, "exit");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const url = await vi.waitUntil(() => /ready: (http:\S+)/.exec(output)?.[1], { timeout: readyLimitMs });
  return { child, exited, url: url.replace("localhost", "127.0.0.1"), output: () => output };
}

/** Begins a run of about two seconds, which a stop lets end. */
async function beginRun(url: string): Promise<void> {
  const client = await apiClient(url, { sub: "ann", scopes: ["agents:run"] });
  const response = await client.open("/agents/assistant/runs", { message: "/long 200" });
  expect(response.status).toBe(200);
  await response.body?.cancel();
}

/** Resolves when no process has the data folder any more. */
async function folderIsFree(): Promise<void> {
  const lock = await vi.waitUntil(() => acquireDataFolderLock(dataDirectory).catch(() => null), {
    timeout: 60_000,
  });
  lock.release();
}

test("a start prints a few lines with one URL, which answers, and SIGTERM ends it with exit code 0", async () => {
  const { child, exited, url, output } = await start();
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
  expect(output().match(/https?:\/\//g)).toHaveLength(1);
  expect(output()).toContain("create the first account");
  expect(output().trim().split("\n").length).toBeLessThan(12);
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
  // A supervisor starts the next one at once.
  (await acquireDataFolderLock(dataDirectory)).release();
  await expect(fetch(url)).rejects.toThrow();
});

test("a server whose starter was killed ends by itself, frees its data folder, and starts again", async () => {
  const first = await start();
  first.child.kill("SIGKILL");
  await first.exited;
  await folderIsFree();
  const again = await start();
  expect((await fetch(`${again.url}/api/health`)).status).toBe(200);
});

test.skipIf(process.platform === "win32")(
  "a stopped npm, whose shell dies alone, stops the server; a start right after it waits for the end",
  async () => {
    const { child, exited, url } = await start("npm's shell");
    await beginRun(url);
    child.kill("SIGTERM");
    await exited;
    const again = await start();
    expect(again.output()).toContain("Waiting for the server before this one to stop");
    expect((await fetch(`${again.url}/api/health`)).status).toBe(200);
  },
);

test("a second start on the same data folder is refused while the first goes on", async () => {
  const first = await start();
  const second = spawn(process.execPath, [startScript, "--port", "0", "--data", dataDirectory], {
    stdio: "ignore",
  });
  expect(await once(second, "exit")).toEqual([1, null]);
  expect((await fetch(`${first.url}/api/health`)).status).toBe(200);
});

test("a server whose data folder is deleted says so and ends, and the folder can be used anew", async () => {
  const { exited, output } = await start();
  rmSync(dataDirectory, { recursive: true });
  expect(await exited).toEqual([1, null]);
  expect(output()).toContain(`The data folder ${dataDirectory} was deleted`);
  const again = await start();
  expect((await fetch(`${again.url}/api/health`)).status).toBe(200);
});
