import { ensureBuild } from "../setup/ensure-build.mjs";
import { ensurePackages } from "../setup/ensure-packages.mjs";
import { ensurePrismaClient } from "../setup/ensure-prisma-client.mjs";
import { failSetup } from "../setup/fail-setup.mjs";
import { findNode } from "../setup/find-node.mjs";
import { printProgress } from "../setup/progress.mjs";
import { checkPort } from "./check-port.mjs";
import { claimDataFolder } from "./claim-data-folder.mjs";
import { runServer } from "./run-server.mjs";
import { startOptions } from "./start-options.mjs";

/**
 * `npm start` and `npm run dev`: everything from a fresh clone to a served page, then stays until the server ends.
 * @param {string[]} args
 */
export async function start(args) {
  try {
    process.exit(await setUpAndServe(args));
  } catch (error) {
    failSetup(error);
  }
}

/** @param {string[]} args */
async function setUpAndServe(args) {
  readEnvFile();
  const options = startOptions(args, process.env);
  const lock = await claimDataFolder(options.dataDirectory);
  try {
    await checkPort(options.host, options.port);
    const progress = printProgress();
    await ensurePackages(progress);
    await ensurePrismaClient(progress);
    const mode = options.isDevelopment ? "--dev" : `--build=${await ensureBuild(progress)}`;
    return await runServer({
      node: findNode(),
      args: [mode, `--take-over-from=${lock.generation}`],
      environment: {
        NODE_ENV: options.isDevelopment ? "development" : "production",
        PORT: String(options.port),
        HOST: options.host,
        GATEHOUSE_DATA: options.dataDirectory,
      },
    });
  } finally {
    lock.release();
  }
}

/** The settings of a file `.env`; what the environment already has wins. */
function readEnvFile() {
  try {
    process.loadEnvFile?.(".env");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}
