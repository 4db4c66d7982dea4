import { environment } from "#lib/env.ts";
import { armFailPointFrom } from "./arm-fail-point-from.ts";
import { explainStartError } from "./explain-start-error.ts";
import { sendReport } from "./send-report.ts";
import type { ServeOptions } from "./serve-options.ts";
import { startServer } from "./start-server.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

/**
 * Runs the server process until it is told to stop. Reports what it does to the parent process, or to the terminal;
 * ends the process with exit code 1 when the server cannot start.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const settings = environment();
  armFailPointFrom(settings.GATEHOUSE_FAIL_POINT);
  const running = new AsyncDisposableStack();
  stopOnSignal(() => running.disposeAsync());
  try {
    await startServer(options, settings, running);
  } catch (error) {
    if (settings.LOG_LEVEL !== "silent") console.error(error);
    const { PORT: port, dataDirectory } = settings;
    sendReport({ kind: "failed", sentence: explainStartError(error, { port, dataDirectory }) });
    await running.disposeAsync();
    process.exit(1);
  }
}
