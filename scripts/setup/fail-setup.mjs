import { SetupError } from "./setup-error.mjs";

/**
 * Ends the process with exit code 1 after saying why in one sentence, below the log lines that show the cause.
 * @param {unknown} error
 */
export function failSetup(error) {
  if (!(error instanceof SetupError)) throw error;
  for (const line of error.details) console.error(`    ${line}`);
  console.error(error.message);
  process.exit(1);
}
