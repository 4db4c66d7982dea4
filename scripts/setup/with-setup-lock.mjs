import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { acquireDataFolderLock } from "../data-folder-lock.mjs";
import { projectRoot } from "./project-root.mjs";

const retryMs = 200;

/**
 * Runs a step that changes the checkout (packages, generated client, build) while no other process does;
 * waits for its turn.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(work) {
  const folder = path.join(projectRoot, ".gatehouse", "setup");
  mkdirSync(folder, { recursive: true });
  const lock = await acquireWhenFree(folder);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** @param {string} folder */
async function acquireWhenFree(folder) {
  for (;;) {
    try {
      return await acquireDataFolderLock(folder);
    } catch (error) {
      if (error.code !== "locked") throw error;
      await wait(retryMs);
    }
  }
}
