import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { acquireDataFolderLock } from "./data-folder-lock.mjs";

const CONTENDER = path.join(import.meta.dirname, "..", "tests", "support", "lock-contender.mjs");
const ROUNDS = Number(process.env["LOCK_RACE_ROUNDS"] ?? 10);
const CONTENDERS = 12;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "gatehouse-lock-"));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true, force: true });
});

const lockFile = (generation: number) => path.join(directory, `lock.${generation}`);

async function contend(ending: "die" | "release"): Promise<{ generation: number; errors: string }> {
  const child = spawn(process.execPath, [CONTENDER, directory, ending], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { generation: Number(output), errors };
}

test("no two processes ever hold the lock at once, however many race for one whose owner was killed", async () => {
  let held = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const dead = await contend("die");
    const results = await Promise.all(
      Array.from({ length: CONTENDERS }, (_, index) => contend(index % 3 === 0 ? "release" : "die")),
    );
    const all = [dead, ...results];
    expect(all.map((result) => result.errors).join("")).toBe("");
    expect(all.map((result) => result.generation).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: all.length }, (_, index) => held + index),
    );
    held += all.length;
  }
}, 120_000);

test("a held lock is refused with the process that has it, and free again once released", async () => {
  const lock = await acquireDataFolderLock(directory);
  await expect(acquireDataFolderLock(directory)).rejects.toMatchObject({
    code: "locked",
    message: expect.stringMatching(new RegExp(`in use by process ${process.pid} since \\d{4}-`)),
  });
  lock.release();
  const next = await acquireDataFolderLock(directory);
  expect(next.generation).toBe(lock.generation + 1);
  next.release();
});

test("an owner that is about to stop says so to whoever asks, and keeps the lock until it has", async () => {
  const lock = await acquireDataFolderLock(directory);
  await expect(acquireDataFolderLock(directory)).rejects.toMatchObject({ code: "locked", isStopping: false });
  lock.announceStop();
  await expect(acquireDataFolderLock(directory)).rejects.toMatchObject({ code: "locked", isStopping: true });
  lock.release();
  const next = await acquireDataFolderLock(directory);
  lock.announceStop();
  await expect(acquireDataFolderLock(directory)).rejects.toMatchObject({ code: "locked", isStopping: false });
  next.release();
});

test("a parent hands its lock over to a child without letting anybody in between", async () => {
  const parent = await acquireDataFolderLock(directory);
  const child = await acquireDataFolderLock(directory, { takeOverFrom: parent.generation });
  parent.release();
  await expect(acquireDataFolderLock(directory)).rejects.toMatchObject({ code: "locked" });
  await expect(acquireDataFolderLock(directory, { takeOverFrom: parent.generation })).rejects.toMatchObject({
    code: "locked",
  });
  child.release();
  (await acquireDataFolderLock(directory)).release();
});

test.each<[string, () => void]>([
  ["is deleted", () => rmSync(directory, { recursive: true })],
  ["has another owner", () => writeFileSync(lockFile(2), JSON.stringify({ state: "held", pid: 1 }))],
])("an owner whose folder %s is told once", async (_name, lose) => {
  vi.useFakeTimers();
  const onLost = vi.fn<() => void>();
  const lock = await acquireDataFolderLock(directory, { onLost });
  vi.advanceTimersByTime(20_000);
  expect(onLost).not.toHaveBeenCalled();
  lose();
  vi.advanceTimersByTime(20_000);
  expect(onLost).toHaveBeenCalledOnce();
  lock.release();
});

test("a pid that the system has given to another process since does not keep the lock", async () => {
  const lock = await acquireDataFolderLock(directory);
  const owner: Record<string, unknown> = JSON.parse(readFileSync(lockFile(lock.generation), "utf8"));
  lock.release();
  writeFileSync(lockFile(lock.generation), JSON.stringify({ ...owner, processStartedAt: "another time" }));
  (await acquireDataFolderLock(directory)).release();
});

test("an owner in another container counts as alive while it touches its file", async () => {
  writeFileSync(
    lockFile(1),
    JSON.stringify({ state: "held", pid: 1, machine: "elsewhere", since: "2026-01-01" }),
  );
  const heartbeat = setInterval(() => utimesSync(lockFile(1), new Date(), new Date()), 300);
  try {
    await expect(acquireDataFolderLock(directory)).rejects.toMatchObject({ code: "locked" });
  } finally {
    clearInterval(heartbeat);
  }
});

test("an owner in another container that has been silent for long loses the lock", async () => {
  writeFileSync(lockFile(1), JSON.stringify({ state: "held", pid: process.pid, machine: "elsewhere" }));
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(lockFile(1), longAgo, longAgo);
  const lock = await acquireDataFolderLock(directory);
  expect(lock.generation).toBe(2);
  lock.release();
});

test("the folder does not fill with the locks of the past", async () => {
  for (let index = 0; index < 20; index += 1) (await acquireDataFolderLock(directory)).release();
  expect(readdirSync(directory).length).toBeLessThanOrEqual(5);
});

test.skipIf(process.getuid?.() === 0)(
  "a folder that cannot be written is the file system's own error",
  async () => {
    chmodSync(directory, 0o500);
    await expect(acquireDataFolderLock(directory)).rejects.toMatchObject({ code: "EACCES" });
    chmodSync(directory, 0o700);
  },
);

test("a folder that is not there is the file system's own error", async () => {
  await expect(acquireDataFolderLock(path.join(directory, "missing"))).rejects.toMatchObject({
    code: "ENOENT",
    syscall: "scandir",
  });
});
