import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lane } from "./lane.ts";
import { readFailures } from "./read-failures.ts";

export interface LaneResult {
  name: string;
  passed: boolean;
  seconds: number;
  /** The tests that failed, as far as their runner says which. */
  failures: string[];
}

/** Runs a lane with its output going to the terminal, the runner's own summary at its end. */
export async function runLane(lane: Lane, environment: Record<string, string>): Promise<LaneResult> {
  console.log(`\n── ${lane.name} ${"─".repeat(Math.max(0, 70 - lane.name.length))}`);
  const startedAt = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-lane-"));
  const reportFile = join(folder, "report.json");
  const child = spawn(process.execPath, [...lane.args, ...reporters(lane.runner, reportFile)], {
    env: {
      ...process.env,
      ...environment,
      ...lane.environment,
      ...(lane.runner === "playwright" && { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile }),
    },
    stdio: "inherit",
  });
  const [code] = await once(child, "exit");
  const failures = code === 0 ? [] : await readFailures(lane.runner, reportFile);
  await rm(folder, { recursive: true, force: true });
  return { name: lane.name, passed: code === 0, seconds: (performance.now() - startedAt) / 1000, failures };
}

function reporters(runner: Lane["runner"], reportFile: string): string[] {
  switch (runner) {
    case undefined:
      return [];
    case "playwright":
      return ["--reporter=list,json"];
    case "vitest":
      return ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
    case "conformance":
      return ["--report", reportFile];
  }
}
