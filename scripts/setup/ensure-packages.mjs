import { packagesAreCurrent } from "./packages-are-current.mjs";
import { projectRoot } from "./project-root.mjs";
import { runLogged } from "./run-logged.mjs";
import { withSetupLock } from "./with-setup-lock.mjs";

/**
 * Installs the packages when they are not those of the lock file.
 * @param {import("./progress.mjs").Progress} progress
 */
export async function ensurePackages(progress) {
  if (packagesAreCurrent(projectRoot)) return;
  await withSetupLock(async () => {
    if (packagesAreCurrent(projectRoot)) return;
    await progress("Installing packages (about a minute)", async () => {
      const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
      const npm = process.env.npm_execpath;
      if (npm?.endsWith(".js")) await runLogged("npm-ci", process.execPath, [npm, ...args]);
      else await runLogged("npm-ci", "npm", args);
    });
  });
}
