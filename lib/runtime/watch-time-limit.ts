import type { Clock } from "./ports.ts";
import { RunLimitError } from "./run-limit-error.ts";

/**
 * Stops a run once it has been driven for as long as its agent allows; the time in which it waits for people does not
 * count. The returned function ends the watch.
 */
export function watchTimeLimit(
  clock: Clock,
  limitSeconds: number | undefined,
  startedAtMs: number,
  stop: AbortController,
): () => void {
  if (limitSeconds === undefined) return () => undefined;
  const leftMs = Math.max(0, startedAtMs + limitSeconds * 1_000 - clock.monotonicMs());
  return clock.after(leftMs, () => {
    const unit = limitSeconds === 1 ? "second" : "seconds";
    stop.abort(
      new RunLimitError(
        "run_time_limit_error",
        `The run took longer than the ${limitSeconds.toLocaleString("en")} ${unit} that this agent may take, and was stopped.`,
      ),
    );
  });
}
