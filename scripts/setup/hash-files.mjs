import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "./project-root.mjs";

/**
 * Returns a SHA-256 (hex) over the names and contents of files; folders are walked, what does not exist is left out.
 * @param {string[]} entries paths relative to the project
 * @param {(file: string) => boolean} [accept] which files of a folder count
 */
export function hashFiles(entries, accept = () => true) {
  const hash = createHash("sha256");
  for (const entry of [...entries].sort()) {
    for (const file of filesUnder(entry)) {
      if (!accept(file)) continue;
      const content = readFileSync(path.join(projectRoot, file));
      hash.update(`${file}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
}

/** @param {string} entry */
function filesUnder(entry) {
  const stats = statSync(path.join(projectRoot, entry), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (stats.isFile()) return [entry];
  return readdirSync(path.join(projectRoot, entry), { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => path.relative(projectRoot, path.join(found.parentPath ?? found.path, found.name)))
    .map((file) => file.replaceAll("\\", "/"))
    .sort();
}
