import { mkdirSync } from "node:fs";
import { acquireDataFolderLock } from "../data-folder-lock.mjs";
import { SetupError } from "../setup/setup-error.mjs";

/**
 * Makes the data folder and takes its lock, before anything else touches it.
 * Throws a SetupError when another process has it or when it cannot be written.
 * @param {string} directory
 */
export async function claimDataFolder(directory) {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return await acquireDataFolderLock(directory);
  } catch (error) {
    if (typeof error.syscall !== "string") throw new SetupError(error.message);
    throw new SetupError(
      `The data folder ${directory} cannot be written (${error.message}); choose one with: npm start -- --data DIR`,
    );
  }
}
