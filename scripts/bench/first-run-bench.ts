import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { acquireDataFolderLock } from "../data-folder-lock.mjs";
import { projectRoot } from "../setup/project-root.mjs";
import type { Measurement, Report } from "./measurement.ts";

/** Nothing that a start does may take longer. */
const START_LIMIT_MS = 900_000;
const STOP_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 10;

/**
 * Measures what a newcomer waits for: a clone of the last commit in an empty folder with an empty home, `npm start`
 * up to the first streamed answer, by phase; then a second start. Uncommitted changes are not in it.
 */
export async function firstRunBench(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-first-run-"));
  const clone = path.join(folder, "gatehouse");
  const home = path.join(folder, "home");
  const environment = {
    ...process.env,
    HOME: home,
    npm_config_cache: path.join(home, ".npm"),
    NODE_OPTIONS: "",
    GATEHOUSE_DATA: path.join(clone, "data"),
  };
  try {
    execFileSync("git", ["clone", "--quiet", projectRoot, clone]);
    report(await measureStart(clone, environment, { area: "first run", goal: "" }));
    report(await measureStart(clone, environment, { area: "second start", goal: "goal under 5" }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureStart(
  clone: string,
  environment: NodeJS.ProcessEnv & { GATEHOUSE_DATA: string },
  { area, goal }: { area: string; goal: string },
): Promise<Measurement[]> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn("npm", ["start", "--silent", "--", "--port", String(port)], {
    cwd: clone,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let output = "";
  const lineBeganMs: number[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const [n, line] of output.split("\n").entries()) {
        if (line !== "") lineBeganMs[n] ??= performance.now() - began;
      }
    });
  }
  try {
    await until("npm start printing its address", START_LIMIT_MS, () => {
      if (child.exitCode !== null)
        throw new Error(`npm start ended with exit code ${child.exitCode}:\n${output}`);
      return output.includes("is ready");
    });
    const phases = phasesOf(output.split("\n"), lineBeganMs);
    const { tokenMs, firstEventMs } = await askOnce(clone, environment, port);
    const line = (what: string, ms: number, against = ""): Measurement => ({
      area,
      what: `${what}, s`,
      value: (ms / 1_000).toFixed(1),
      against,
    });
    return [
      line("npm start to the printed address", phases.at(-1)?.endMs ?? Number.NaN, goal),
      ...phases.map(({ name, beganMs, endMs }) => line(`- ${name}`, endMs - beganMs)),
      line("npm run token", tokenMs),
      line("first question to its first event", firstEventMs),
    ];
  } finally {
    child.kill("SIGTERM");
    await exited;
    // npm does not wait for the server.
    if (existsSync(environment.GATEHOUSE_DATA)) await untilFree(environment.GATEHOUSE_DATA);
  }
}

/** What a start printed that it does, one after the other, with npm's own beginning first. */
function phasesOf(lines: readonly string[], beganMs: readonly number[]) {
  const phases = [{ name: "npm and the look at what is there", beganMs: 0, endMs: 0 }];
  for (const [n, line] of lines.entries()) {
    const name = /^ {2}(.+?) \.\.\./.exec(line)?.[1];
    const isReady = line.includes("is ready");
    const last = phases.at(-1);
    if ((name === undefined && !isReady) || last === undefined) continue;
    last.endMs = beganMs[n] ?? Number.NaN;
    if (isReady) break;
    if (name !== undefined) phases.push({ name, beganMs: last.endMs, endMs: Number.NaN });
  }
  return phases;
}

/** Gets a token and asks the first question, as the README shows. */
async function askOnce(
  clone: string,
  environment: NodeJS.ProcessEnv,
  port: number,
): Promise<{ tokenMs: number; firstEventMs: number }> {
  const began = performance.now();
  const token = execFileSync("npm", ["run", "--silent", "token"], {
    cwd: clone,
    env: environment,
    encoding: "utf8",
  });
  const asked = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/api/agents/assistant/runs`, {
    method: "POST",
    headers: { authorization: `Bearer ${token.trim()}` },
    body: new URLSearchParams({ message: "What is 17 * 23?" }),
  });
  if (!response.ok)
    throw new Error(`The first question was answered ${response.status}: ${await response.text()}`);
  const reader = response.body?.getReader();
  await reader?.read();
  const firstEventMs = performance.now() - asked;
  await reader?.cancel();
  return { tokenMs: asked - began, firstEventMs };
}

/** Resolves when no server has the data folder any more. */
async function untilFree(dataDirectory: string): Promise<void> {
  await until("the server stopping", STOP_LIMIT_MS, async () => {
    const lock = await acquireDataFolderLock(dataDirectory).catch(() => null);
    lock?.release();
    return lock !== null;
  });
}

async function until(what: string, limitMs: number, isDone: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await isDone())) {
    if (performance.now() > deadline) throw new Error(`${what} took longer than ${limitMs / 1_000} s.`);
    await wait(LOOK_EVERY_MS);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
