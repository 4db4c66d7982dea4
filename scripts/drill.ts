import { parseArgs } from "node:util";
import { runKillDrill } from "#tests/drills/kill-drill/run-kill-drill.ts";
import { summaryOfDrill } from "#tests/drills/kill-drill/summary-of-drill.ts";

// `npm run drill -- --kills 50 [--replicas 2] [--seed N]`: kills a loaded server and looks for what was lost or done twice.

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    replicas: { type: "string", default: "1" },
    seed: { type: "string", default: String(Date.now()) },
  },
});
const result = await runKillDrill({
  kills: Number(values.kills),
  replicas: values.replicas === "2" ? 2 : 1,
  seed: Number(values.seed),
  say: (line) => console.log(line),
});
const { lines, isClean } = summaryOfDrill(result);
console.log(`seed ${values.seed}`);
for (const line of lines) console.log(line);
process.exit(isClean ? 0 : 1);
