import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * Whether the installed packages are those of the lock file. npm writes down what it installed when it is done, so
 * an interrupted install counts as none; optional packages may be absent, because most are for other systems.
 * @param {string} directory the folder with package-lock.json and node_modules
 */
export function packagesAreCurrent(directory) {
  const wanted = readPackages(path.join(directory, "package-lock.json"));
  const installed = readPackages(path.join(directory, "node_modules", ".package-lock.json"));
  if (wanted === undefined || installed === undefined) return wanted === undefined;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === "") return true;
    const found = installed[name];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, integrity?: string, optional?: boolean, devOptional?: boolean}> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}
