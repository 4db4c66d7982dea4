import { parseArgs } from "node:util";
import { ensureBuild } from "./setup/ensure-build.mjs";
import { failSetup } from "./setup/fail-setup.mjs";
import { printProgress } from "./setup/progress.mjs";
import { printResults } from "./test/print-results.ts";
import { type LaneResult, runLane } from "./test/run-lane.ts";
import { testLanes } from "./test/test-lanes.ts";

const { values } = parseArgs({ options: { unit: { type: "boolean" }, full: { type: "boolean" } } });
const extent = values.unit ? "unit" : values.full ? "full" : "usual";

// One build for all lanes: they test the same sources even when somebody goes on working meanwhile.
const environment: Record<string, string> = {};
if (extent !== "unit") environment.GATEHOUSE_TEST_BUILD = await ensureBuild(printProgress()).catch(failSetup);

const results: LaneResult[] = [];
for (const lane of testLanes(extent)) results.push(await runLane(lane, environment));
printResults(results);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
