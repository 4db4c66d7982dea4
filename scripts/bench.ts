import { addedLatencyBench } from "./bench/added-latency-bench.ts";
import { durableBench } from "./bench/durable-bench.ts";
import { firstRunBench } from "./bench/first-run-bench.ts";
import { httpBench } from "./bench/http-bench.ts";
import { benchLoop } from "./bench/loop-bench.ts";
import type { Measurement, Report } from "./bench/measurement.ts";
import { persistenceBench } from "./bench/persistence-bench.ts";
import { printTable } from "./bench/print-table.ts";
import { recoveryBench } from "./bench/recovery-bench.ts";
import { runtimeBench } from "./bench/runtime-bench.ts";

// `npm run bench [-- loop journal runtime http latency durable recovery first-run]`: all parts, or those named, in one
// table. A part that fails is told, the others are measured all the same, and the exit code is 1.

const PARTS: Record<string, (report: Report) => Promise<void>> = {
  loop: reporting(benchLoop),
  journal: reporting(persistenceBench),
  runtime: reporting(runtimeBench),
  http: reporting(httpBench),
  latency: reporting(addedLatencyBench),
  durable: reporting(durableBench),
  recovery: reporting(recoveryBench),
  "first-run": firstRunBench,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". The parts are ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}
const measurements: Measurement[] = [];
let hasFailed = false;
for (const [name, measure] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`Measuring: ${name}`);
  try {
    await measure((measured) => measurements.push(...measured));
  } catch (error) {
    hasFailed = true;
    console.error(`The part ${name} failed:`, error);
  }
}
printTable(measurements);
process.exit(hasFailed ? 1 : 0);

function reporting(measure: () => Promise<Measurement[]>): (report: Report) => Promise<void> {
  return async (report) => report(await measure());
}
