import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findNode } from "./find-node.mjs";
import { hashFiles } from "./hash-files.mjs";
import { projectRoot } from "./project-root.mjs";
import { runLogged } from "./run-logged.mjs";
import { withSetupLock } from "./with-setup-lock.mjs";

const stamp = path.join(projectRoot, "prisma/generated/.schema-hash");

/**
 * Generates the database client when the schema or the generator changed.
 * @param {import("./progress.mjs").Progress} progress
 */
export async function ensurePrismaClient(progress) {
  if (isCurrent()) return;
  await withSetupLock(async () => {
    if (isCurrent()) return;
    const hash = schemaHash();
    await progress("Generating the database client", () =>
      runLogged("prisma-generate", findNode(), [
        path.join(projectRoot, "node_modules/prisma/build/index.js"),
        "generate",
      ]),
    );
    writeFileSync(stamp, hash);
  });
}

function isCurrent() {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === schemaHash();
}

function schemaHash() {
  return hashFiles(["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"]);
}
