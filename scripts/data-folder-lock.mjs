import {
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isProcessAlive, machineIdentity, processStartTime } from "./process-liveness.mjs";

// The lock of a folder is a row of files `lock.<generation>`; the highest one says who has it. Whoever finds it
// released, or its owner dead, creates the next generation with link(), which only one process can. The highest file
// is never deleted, so a number is never given twice; who was too slow sees a higher one and steps back.

const HEARTBEAT_MS = 5_000;
/** An owner that cannot be looked at counts as dead after this long without a heartbeat while we watch. */
const WATCH_MS = 15_000;
/** After this long without one, there is nothing to watch for. */
const LONG_SILENCE_MS = 300_000;
/** So many earlier files stay: who looked at the folder long ago must not succeed in creating an old number. */
const KEPT_GENERATIONS = 4;
const ABANDONED_MS = 600_000;

/**
 * Takes the lock of a folder; it ends with `release()` or with this process, however that goes.
 * `takeOverFrom` is the generation of a living owner that hands the lock over to this process. `onLost` is called once
 * when the folder is found deleted, or the lock taken by another process or handed over to it.
 * Throws an Error with the code `locked` when another process has it (`isStopping` when that one has announced that it
 * stops), and the file system's own error when the folder
 * cannot be written. A process on another machine or in another container cannot be looked at: it counts as alive
 * while it touches its lock file, which this watches for up to 15 s.
 */
export async function acquireDataFolderLock(directory, { takeOverFrom, onLost } = {}) {
  for (;;) {
    const latest = latestGeneration(directory);
    if (latest > 0 && latest !== takeOverFrom) {
      const owner = readOwner(directory, latest);
      if (await holds(directory, latest, owner)) throw lockedError(directory, owner);
    }
    const generation = latest + 1;
    if (!claim(directory, generation)) continue;
    if (latestGeneration(directory) === generation) {
      clearUp(directory, generation);
      return hold(directory, generation, onLost);
    }
    removeFile(directory, `lock.${generation}`);
  }
}

function latestGeneration(directory) {
  // A folder as small as this comes from the system in one piece, so the highest file cannot be missed.
  const numbers = readdirSync(directory).map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}

/** What the lock file says; empty where it says nothing legible. */
function readOwner(directory, generation) {
  try {
    return JSON.parse(readFileSync(path.join(directory, `lock.${generation}`), "utf8")) ?? {};
  } catch (error) {
    if (error.code === "ENOENT" || error instanceof SyntaxError) return {};
    throw error;
  }
}

async function holds(directory, generation, owner) {
  if (owner.state === "released") return false;
  if (owner.machine === machineIdentity()) {
    const alive = isProcessAlive(owner.pid, owner.processStartedAt);
    if (alive !== "unknown") return alive;
  }
  const first = lastHeartbeat(directory, generation);
  if (Date.now() - first > LONG_SILENCE_MS) return false;
  const deadline = performance.now() + WATCH_MS;
  while (performance.now() < deadline) {
    if (lastHeartbeat(directory, generation) !== first) return latestGeneration(directory) === generation;
    await wait(250);
  }
  return false;
}

function lastHeartbeat(directory, generation) {
  return statSync(path.join(directory, `lock.${generation}`), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function thisProcess() {
  return {
    state: "held",
    pid: process.pid,
    processStartedAt: processStartTime(process.pid),
    machine: machineIdentity(),
    since: new Date().toISOString(),
  };
}

/** Creates the file of a generation whole, in one step; false when somebody was faster. */
function claim(directory, generation) {
  const content = JSON.stringify(thisProcess());
  const target = path.join(directory, `lock.${generation}`);
  const temporary = writeTemporary(directory, content);
  try {
    linkSync(temporary, target);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(error.code)) throw error;
    return createWithoutLinks(target, content);
  } finally {
    unlinkSync(temporary);
  }
}

/** For file systems that know no links; who reads the file before it is full takes its owner for alive. */
function createWithoutLinks(target, content) {
  try {
    writeFileSync(target, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function writeTemporary(directory, content) {
  const unique = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const file = path.join(directory, `lock-${unique}.tmp`);
  writeFileSync(file, content, { flag: "wx", mode: 0o600 });
  return file;
}

function hold(directory, generation, onLost) {
  const file = path.join(directory, `lock.${generation}`);
  const heartbeat = setInterval(() => {
    if (isLost(directory, generation, file)) {
      clearInterval(heartbeat);
      onLost?.();
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  const say = (content) => {
    try {
      // After a hand-over the file of the new owner is the highest, and ours means nothing.
      if (latestGeneration(directory) !== generation) return;
      renameSync(writeTemporary(directory, JSON.stringify(content)), file);
    } catch {
      // The next one finds this process dead instead.
    }
  };
  return {
    generation,
    announceStop: () => say({ ...thisProcess(), state: "stopping" }),
    release: () => {
      clearInterval(heartbeat);
      say({ state: "released" });
    },
  };
}

/** Gives a sign of life. True when the folder is gone, or another process has taken this one for dead. */
function isLost(directory, generation, file) {
  try {
    utimesSync(file, new Date(), new Date());
    return latestGeneration(directory) !== generation;
  } catch (error) {
    // Whatever else the disk has, the process itself is the better sign of life.
    return error.code === "ENOENT";
  }
}

function clearUp(directory, generation) {
  for (const name of readdirSync(directory)) {
    const old = Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
    if (old < generation - KEPT_GENERATIONS) removeFile(directory, name);
    if (!/^lock-.*\.tmp$/.test(name)) continue;
    const writtenAt = statSync(path.join(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - writtenAt > ABANDONED_MS) removeFile(directory, name);
  }
}

function removeFile(directory, name) {
  try {
    unlinkSync(path.join(directory, name));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}

function lockedError(directory, owner) {
  const holder = owner.pid === undefined ? "another process" : `process ${owner.pid} since ${owner.since}`;
  const sentence =
    `The data folder ${directory} is in use by ${holder}; ` +
    "stop that one first, or choose another folder with: npm start -- --data DIR";
  return Object.assign(new Error(sentence), { code: "locked", isStopping: owner.state === "stopping" });
}
