import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { acquireDataFolderLock } from "../../scripts/data-folder-lock.mjs";
import { isProcessAlive, processStartTime } from "../../scripts/process-liveness.mjs";

// One of many processes that want the lock of a folder: waits for it, proves that it has it alone, and ends by
// letting go ("release") or by dying with the lock in its hands ("die"). Prints the generation that it held.

const [directory = "", ending = ""] = process.argv.slice(2);
const sentinel = path.join(directory, "sentinel");
const me = JSON.stringify({ pid: process.pid, startedAt: processStartTime(process.pid) });

async function acquire() {
  for (;;) {
    try {
      return await acquireDataFolderLock(directory);
    } catch (error) {
      if (error.code !== "locked") throw error;
      await nextTurn();
    }
  }
}

function enter() {
  try {
    writeFileSync(sentinel, me, { flag: "wx" });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    const other = JSON.parse(readFileSync(sentinel, "utf8"));
    if (isProcessAlive(other.pid, other.startedAt)) throw new Error(`Process ${other.pid} is inside, too.`);
    unlinkSync(sentinel);
    writeFileSync(sentinel, me, { flag: "wx" });
  }
}

const lock = await acquire();
enter();
await wait(Math.random() * 3);
if (readFileSync(sentinel, "utf8") !== me) throw new Error("Somebody else came in.");
writeFileSync(1, `${lock.generation}\n`);
if (ending === "die") process.kill(process.pid, "SIGKILL");
unlinkSync(sentinel);
lock.release();
