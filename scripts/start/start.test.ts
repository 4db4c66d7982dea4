import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { acquireDataFolderLock } from "../data-folder-lock.mjs";
import { listen } from "../server/listen.ts";

const directory = mkdtempSync(path.join(tmpdir(), "gatehouse-start-"));
const startScript = path.join(import.meta.dirname, "../start.mjs");
const serveScript = path.join(import.meta.dirname, "../serve.ts");

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a script to its end and returns its exit code and what it said, line by line. */
async function run(script: string, args: string[], options: { node?: string[]; env?: object } = {}) {
  const child = spawn(process.execPath, [...(options.node ?? []), script, ...args], {
    env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "silent", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, "close");
  return { code, lines: output.trim().split("\n") };
}

function newFolder(): string {
  return mkdtempSync(path.join(directory, "data-"));
}

test("a Node that is too old gets one sentence", async () => {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"18.20.4"})`;
  const { code, lines } = await run(startScript, [], { node: ["--import", pretend] });
  expect([code, lines]).toEqual([1, [expect.stringMatching(/^Gatehouse needs Node 20\.9 or newer/)]]);
});

test("a taken port is told in one sentence, and the data folder is free again afterwards", async () => {
  const other = createServer();
  const port = await listen(other, "127.0.0.1", 0);
  const folder = newFolder();
  const { code, lines } = await run(startScript, ["--port", String(port), "--data", folder]);
  other.close();
  expect([code, lines]).toEqual([1, [expect.stringMatching(`^Port ${port} is taken by another program`)]]);
  const lock = await acquireDataFolderLock(folder);
  lock.release();
});

test("a second instance on the same data folder is told who has it and touches nothing", async () => {
  const folder = newFolder();
  const lock = await acquireDataFolderLock(folder);
  const before = readdirSync(folder);
  const { code, lines } = await run(startScript, ["--port", "0", "--data", folder]);
  expect([code, lines]).toEqual([1, [expect.stringContaining(`is in use by process ${process.pid}`)]]);
  expect(readdirSync(folder)).toEqual(before);
  lock.release();
});

test("a data folder that cannot be written is told in one sentence", async () => {
  const file = path.join(directory, "a-file");
  writeFileSync(file, "");
  const { code, lines } = await run(startScript, ["--port", "0", "--data", path.join(file, "data")]);
  expect([code, lines]).toEqual([1, [expect.stringMatching(/^The data folder .* cannot be written/)]]);
});

test.runIf(process.platform === "linux")("a read-only disk is told in one sentence", async () => {
  const { code, lines } = await run(startScript, ["--port", "0", "--data", "/sys/gatehouse"]);
  expect([code, lines]).toEqual([1, [expect.stringMatching(/^The data folder .* cannot be written/)]]);
});

test("an unknown option and an impossible port are told in one sentence", async () => {
  expect(await run(startScript, ["--prot", "1"])).toMatchObject({
    code: 1,
    lines: [expect.stringContaining("--prot")],
  });
  expect(await run(startScript, ["--port", "x"])).toMatchObject({
    code: 1,
    lines: [expect.stringMatching(/^The port must be a number/)],
  });
});

test("a database that cannot be reached is told in one sentence, without its password", async () => {
  const unused = createServer();
  const port = await listen(unused, "127.0.0.1", 0);
  unused.close();
  await once(unused, "close");
  const env = {
    PORT: "0",
    GATEHOUSE_DATA: newFolder(),
    DATABASE_URL: `postgres://someone:secret-word@127.0.0.1:${port}/x`,
  };
  const { code, lines } = await run(serveScript, [], { env });
  expect([code, lines]).toEqual([
    1,
    ["Opening the database", expect.stringContaining("DATABASE_URL could not be reached")],
  ]);
  expect(lines.join()).not.toContain("secret-word");
});
