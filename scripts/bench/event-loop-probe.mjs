// Loaded into the server by the benchmark (NODE_OPTIONS=--import): on SIGUSR2 it writes how late the event loop
// has been since the last signal, in milliseconds, to the file named by EVENT_LOOP_PROBE_FILE.
import { writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

const file = process.env.EVENT_LOOP_PROBE_FILE;
if (isMainThread && file !== undefined && process.argv[1]?.endsWith("serve.ts")) {
  const RESOLUTION_MS = 1;
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  process.on("SIGUSR2", () => {
    const late = (percentile) => Math.max(0, histogram.percentile(percentile) / 1e6 - RESOLUTION_MS);
    writeFileSync(
      file,
      JSON.stringify({ p50: late(50), p99: late(99), max: Math.max(0, histogram.max / 1e6) }),
    );
    histogram.reset();
  });
}
