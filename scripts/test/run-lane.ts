import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Lane } from "./lane.ts";

export interface LaneResult {
  name: string;
  passed: boolean;
  seconds: number;
}

/** Runs a lane with its output going to the terminal, the runner's own summary at its end. */
export async function runLane(lane: Lane, environment: Record<string, string>): Promise<LaneResult> {
  console.log(`\n── ${lane.name} ${"─".repeat(Math.max(0, 70 - lane.name.length))}`);
  const startedAt = performance.now();
  const child = spawn(process.execPath, lane.args, {
    env: { ...process.env, ...environment, ...lane.environment },
    stdio: "inherit",
  });
  const [code] = await once(child, "exit");
  return { name: lane.name, passed: code === 0, seconds: (performance.now() - startedAt) / 1000 };
}
