import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Gives the process a data folder of its own and the settings named, before anything reads the environment; returns
 * what removes the folder again. A test file calls it once, in `beforeAll`.
 */
export function identityEnvironment(settings: Record<string, string> = {}): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-identity-"));
  Object.assign(process.env, { GATEHOUSE_DATA: folder, LOG_LEVEL: "silent", ...settings });
  return () => rmSync(folder, { recursive: true, force: true });
}
