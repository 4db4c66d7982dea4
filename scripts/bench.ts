import { addedLatencyBench } from "./bench/added-latency-bench.ts";
import { firstRunBench } from "./bench/first-run-bench.ts";
import { httpBench } from "./bench/http-bench.ts";
import { benchLoop } from "./bench/loop-bench.ts";
import type { Measurement } from "./bench/measurement.ts";
import { persistenceBench } from "./bench/persistence-bench.ts";
import { printTable } from "./bench/print-table.ts";

// `npm run bench [-- loop journal http latency first-run]`: all parts, or those named, in one table.

const PARTS: Record<string, () => Promise<Measurement[]>> = {
  loop: benchLoop,
  journal: persistenceBench,
  http: httpBench,
  latency: addedLatencyBench,
  "first-run": firstRunBench,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". The parts are ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}
const measurements: Measurement[] = [];
for (const [name, measure] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`Measuring: ${name}`);
  measurements.push(...(await measure()));
}
printTable(measurements);
process.exit(0);
