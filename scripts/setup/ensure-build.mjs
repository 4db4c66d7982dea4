import { cpSync, existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { buildInputs } from "./build-inputs.mjs";
import { findNode } from "./find-node.mjs";
import { hashFiles } from "./hash-files.mjs";
import { projectRoot } from "./project-root.mjs";
import { pruneBuilds } from "./prune-builds.mjs";
import { runLogged } from "./run-logged.mjs";
import { withSetupLock } from "./with-setup-lock.mjs";

/** Parts of the output that a server never reads. */
const buildOnly = new Set(["cache", "dev", "diagnostics", "trace", "trace-build", "types"]);

/**
 * Makes sure that a build of the present sources exists and returns its folder's name.
 * Each build has its own folder, named by the hash of its inputs: a new one does not pull the files from under a
 * server that still runs from an older one. It must lie beside `.next`, because the output links relatively.
 * @param {import("./progress.mjs").Progress} progress
 * @returns {Promise<string>}
 */
export async function ensureBuild(progress) {
  const existing = folderOfSources();
  if (isComplete(existing)) return existing;
  return withSetupLock(async () => {
    const folder = folderOfSources();
    if (isComplete(folder)) return folder;
    await progress("Building", () =>
      runLogged(
        "next-build",
        findNode(),
        [path.join(projectRoot, "node_modules/next/dist/bin/next"), "build"],
        {
          NEXT_TELEMETRY_DISABLED: "1",
          NODE_ENV: "production",
        },
      ),
    );
    keep(folder);
    pruneBuilds(projectRoot, folder);
    return folder;
  });
}

function folderOfSources() {
  const hash = hashFiles(buildInputs, (file) => !/\.test\.tsx?$/.test(file));
  return `.next-${hash.slice(0, 12)}`;
}

/** @param {string} folder */
function isComplete(folder) {
  return existsSync(path.join(projectRoot, folder, "BUILD_ID"));
}

/**
 * Copies the fresh output aside; the rename makes it appear whole or not at all.
 * @param {string} folder
 */
function keep(folder) {
  const source = path.join(projectRoot, ".next");
  const target = path.join(projectRoot, folder);
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  cpSync(source, partial, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !buildOnly.has(path.relative(source, file)),
  });
  rmSync(target, { recursive: true, force: true });
  renameSync(partial, target);
}
