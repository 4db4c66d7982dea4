import { existsSync } from "node:fs";
import path from "node:path";
import { isAtLeast } from "./is-at-least.mjs";
import { projectRoot } from "./project-root.mjs";
import { SetupError } from "./setup-error.mjs";

/** The first Node that runs TypeScript files without a flag. */
const stripsTypes = /** @type {[number, number]} */ ([22, 18]);

/**
 * Returns the path of a Node that runs our TypeScript: the packaged one, else this process's own if it is new enough.
 * Call it after the packages are installed. Throws a SetupError where neither will do.
 */
export function findNode() {
  const folder = path.join(projectRoot, "node_modules", `node-${platformName()}-${process.arch}`, "bin");
  const packaged = path.join(folder, process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(packaged)) return packaged;
  if (isAtLeast(process.versions.node, stripsTypes)) return process.execPath;
  throw new SetupError(
    `Gatehouse brings no Node for ${process.platform} ${process.arch}; please install Node 24 and start again ` +
      `(this is Node ${process.versions.node}).`,
  );
}

function platformName() {
  return process.platform === "win32" ? "win" : process.platform;
}
