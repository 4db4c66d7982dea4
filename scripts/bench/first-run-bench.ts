import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectRoot } from "../setup/project-root.mjs";
import type { Measurement } from "./measurement.ts";

/**
 * Measures what a newcomer waits for: a clone of the last commit in an empty folder with an empty home, `npm start`
 * up to the first streamed answer, by phase; then a second start. Uncommitted changes are not in it.
 */
export async function firstRunBench(): Promise<Measurement[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-first-run-"));
  const clone = path.join(folder, "gatehouse");
  const environment = { ...process.env, HOME: path.join(folder, "home"), NODE_OPTIONS: "" };
  try {
    execFileSync("git", ["clone", "--quiet", projectRoot, clone]);
    const first = await startOnce(clone, environment, "first run");
    const second = await startOnce(clone, environment, "second start");
    return [...first, ...second];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startOnce(
  clone: string,
  environment: NodeJS.ProcessEnv,
  what: string,
): Promise<Measurement[]> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn("npm", ["start", "--silent", "--", "--port", String(port)], {
    cwd: clone,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  try {
    let output = "";
    for await (const text of child.stdout.setEncoding("utf8")) {
      output += String(text);
      if (output.includes("Press Ctrl+C")) break;
    }
    if (!output.includes("is ready")) throw new Error(`npm start did not come up:\n${output}`);
    const readyMs = performance.now() - began;
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
    const reader = response.body?.getReader();
    await reader?.read();
    const firstEventMs = performance.now() - asked;
    await reader?.cancel();
    const phases = [...output.matchAll(/^ {2}(.+?) \.\.\. (\d+\.\d) s$/gm)].map(
      ([, label, seconds]) => `${label} ${seconds}`,
    );
    return [
      {
        area: what,
        what: "npm start to the printed address, s",
        value: (readyMs / 1_000).toFixed(1),
        against: phases.join(", ") || "goal under 5",
      },
      {
        area: what,
        what: "first question to its first event, ms",
        value: firstEventMs.toFixed(0),
        against: "",
      },
    ];
  } finally {
    child.kill("SIGTERM");
    await exited;
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
