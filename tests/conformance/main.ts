import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Inngest } from "inngest";
import { ALL_CASES } from "./all-cases.ts";
import { APP_ID } from "./app/app-id.ts";
import { type App, startApp } from "./app/start-app.ts";
import { chooseEngine } from "./engines/choose-engine.ts";
import type { Engine } from "./engines/engine.ts";
import { printHead, printResult } from "./print-result.ts";
import { type CaseResult, runCases } from "./run-cases.ts";
import { startWitness } from "./witness/witness.ts";

// `npm run conformance:inngest [-- --only NAME] [--full] [--repeat N] [--report FILE]`: which promises of Inngest an engine keeps.
// Without more, the embedded engine on the embedded database; TEST_DATABASE_KIND=postgres: on Postgres;
// INNGEST_BASE_URL or INNGEST_DEV set: that server. Exits with 1 when a promise is broken.

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    full: { type: "boolean", default: false },
    repeat: { type: "string", default: "1" },
    report: { type: "string" },
  },
});

const unknown = values.only?.find((name) => !ALL_CASES.some((one) => one.name === name));
if (unknown !== undefined) {
  console.error(`There is no case "${unknown}". The cases are:`);
  for (const { name, promise } of ALL_CASES) console.error(`  ${name.padEnd(42)}${promise}`);
  process.exit(1);
}
const cases = ALL_CASES.filter((one) =>
  values.only === undefined ? values.full || one.onlyFull !== true : values.only.includes(one.name),
);

async function runOnce(engine: Engine): Promise<CaseResult[]> {
  const witness = await startWitness();
  const app = await startApp({ environment: engine.environment, witnessUrl: witness.url });
  try {
    await engine.start(app.url);
    const inngest = new Inngest({ id: APP_ID }).setEnvVars({ ...process.env, ...engine.environment });
    const props = { inngest, engine, app, witness };
    const results = await runCases(cases, props, printResult);
    if (results.some(({ outcome }) => outcome === "failed")) printOutputs(engine, app);
    return results;
  } finally {
    await engine.end();
    await app.kill();
    await witness.stop();
  }
}

/** For whoever looks for the cause; errors in the app's output are mostly those that its functions throw on purpose. */
function printOutputs(engine: Engine, app: App): void {
  const outputs = { engine: engine.own?.output() ?? "", app: app.output() };
  for (const [who, output] of Object.entries(outputs)) {
    if (output !== "") console.log(`\nThe end of what the ${who} wrote:\n${output.slice(-2_000)}`);
  }
}

const results: CaseResult[] = [];
for (let round = 0; round < Number(values.repeat); round += 1) {
  const engine = await chooseEngine();
  printHead(engine.name);
  results.push(...(await runOnce(engine)));
}
const count = (outcome: CaseResult["outcome"]) => results.filter((one) => one.outcome === outcome).length;
console.log(
  `\nconformance: ${count("passed")} passed, ${count("failed")} failed, ${count("not applicable")} skipped`,
);
if (values.report !== undefined) await writeFile(values.report, JSON.stringify(results));
process.exitCode = count("failed") === 0 ? 0 : 1;
