import { readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "./project-root.mjs";

/** Builds kept beside the present one: switching branches back and forth stays quick. */
const keptBuilds = 3;

/**
 * Removes old builds that no running server uses.
 * @param {string} present folder name of the build that stays in any case
 */
export function pruneBuilds(present) {
  const builds = readdirSync(projectRoot)
    .filter((name) => /^\.next-[0-9a-f]{12}$/.test(name) && name !== present)
    .map((name) => ({ name, builtAt: statSync(path.join(projectRoot, name)).mtimeMs }))
    .sort((left, right) => right.builtAt - left.builtAt);
  for (const { name } of builds.slice(keptBuilds)) {
    if (!isInUse(name)) rmSync(path.join(projectRoot, name), { recursive: true, force: true });
  }
}

/**
 * A server leaves its process id in the folder `users` of the build it serves.
 * @param {string} name
 */
function isInUse(name) {
  try {
    return readdirSync(path.join(projectRoot, name, "users")).some((pid) => isAlive(Number(pid)));
  } catch {
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
