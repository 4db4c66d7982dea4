import { readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";

/** Builds kept beside the present one: switching branches back and forth stays quick. */
const keptBuilds = 3;

/**
 * Removes old builds that no running server uses.
 * @param {string} projectRoot
 * @param {string} present folder name of the build that stays in any case
 */
export function pruneBuilds(projectRoot, present) {
  const builds = readdirSync(projectRoot)
    .filter((name) => /^\.next-[0-9a-f]{12}$/.test(name) && name !== present)
    .map((name) => ({ name, builtAt: statSync(path.join(projectRoot, name)).mtimeMs }))
    .sort((left, right) => right.builtAt - left.builtAt);
  for (const { name } of builds.slice(keptBuilds)) {
    if (!isInUse(path.join(projectRoot, name)))
      rmSync(path.join(projectRoot, name), { recursive: true, force: true });
  }
}

/**
 * A server leaves its process id in the folder `users` of the build it serves.
 * @param {string} build
 */
function isInUse(build) {
  try {
    return readdirSync(path.join(build, "users")).some((pid) => isAlive(Number(pid)));
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
