import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "./project-root.mjs";
import { SetupError } from "./setup-error.mjs";

/** How much of a failed step's log is shown. */
const shownLines = 25;

/**
 * Runs a command in the project with its output going to `.gatehouse/<name>.log`.
 * Rejects with a SetupError that carries the log's last lines when the command fails.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [environment] additions to this process's environment
 * @returns {Promise<void>}
 */
export function runLogged(name, command, args, environment = {}) {
  const folder = path.join(projectRoot, ".gatehouse");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.log`);
  const log = openSync(file, "w");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: ["ignore", log, log],
      shell: process.platform === "win32" && !path.isAbsolute(command),
    });
    child.once("error", (error) => reject(new SetupError(`${name} could not be started: ${error.message}`)));
    child.once("close", (code) => {
      closeSync(log);
      if (code === 0) return resolve();
      const lines = readFileSync(file, "utf8").trimEnd().split("\n").slice(-shownLines);
      reject(new SetupError(`${name} failed; the whole log is in .gatehouse/${name}.log.`, lines));
    });
  });
}
