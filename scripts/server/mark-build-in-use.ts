import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Notes that this process serves from a build, so that a later build does not clear it away; undone by the result. */
export function markBuildInUse(buildDirectory: string): () => void {
  const users = path.join(buildDirectory, "users");
  const note = path.join(users, String(process.pid));
  mkdirSync(users, { recursive: true });
  writeFileSync(note, "");
  return () => rmSync(note, { force: true });
}
