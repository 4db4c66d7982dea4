import { mkdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { acquireDataFolderLock } from "../data-folder-lock.mjs";
import { SetupError } from "../setup/setup-error.mjs";

/** A server may have been told to stop through an npm that is gone already; this is more than it takes to notice. */
const noticeMs = 1_000;
/** More than a server takes to stop. */
const stopMs = 30_000;

/**
 * Makes the data folder and takes its lock, before anything else touches it. Waits for a process that is about to stop,
 * because a supervisor restarts as soon as npm is gone, which does not wait for the server.
 * Throws a SetupError when another process has it or when it cannot be written.
 * @param {string} directory
 */
export async function claimDataFolder(directory) {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return await acquireOnceStopped(directory);
  } catch (error) {
    if (typeof error.syscall !== "string") throw new SetupError(error.message);
    throw new SetupError(
      `The data folder ${directory} cannot be written (${error.message}); choose one with: npm start -- --data DIR`,
    );
  }
}

/** @param {string} directory */
async function acquireOnceStopped(directory) {
  const began = performance.now();
  let patienceMs = noticeMs;
  for (;;) {
    try {
      return await acquireDataFolderLock(directory);
    } catch (error) {
      if (error.code !== "locked" || performance.now() - began > patienceMs) throw error;
      if (error.isStopping && patienceMs !== stopMs) {
        console.log("  Waiting for the server before this one to stop ...");
        patienceMs = stopMs;
      }
    }
    await wait(50);
  }
}
