import { spawn } from "node:child_process";
import { ensurePackages } from "./setup/ensure-packages.mjs";
import { ensurePrismaClient } from "./setup/ensure-prisma-client.mjs";
import { failSetup } from "./setup/fail-setup.mjs";
import { findNode } from "./setup/find-node.mjs";
import { printProgress } from "./setup/progress.mjs";
import { whenNpmEnds } from "./setup/when-npm-ends.mjs";

/**
 * Runs one of our TypeScript scripts under the packaged Node, from a fresh clone, too:
 * `node scripts/run.mjs scripts/check.ts [arguments]`. Zero dependencies, works on Node 20.
 */
async function run([script, ...args]) {
  const progress = printProgress(process.stderr);
  await ensurePackages(progress);
  await ensurePrismaClient(progress);
  const child = spawn(findNode(), [script, ...args], { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.on(signal, () => child.kill(signal));
  }
  whenNpmEnds(() => child.kill("SIGTERM"));
  child.once("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}

await run(process.argv.slice(2)).catch(failSetup);
