/** How long a clean stop may take, so that a supervisor need not kill us. */
const stopLimitMs = 25_000;

/**
 * Runs `stop` once, at SIGTERM, SIGINT or when the process that started us is gone, and then exits. A second signal
 * exits at once, as does a stop that takes longer than 25 s.
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const begin = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => {
      console.error("Stopping took too long; some work is left to the next start.");
      process.exit(1);
    }, stopLimitMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", begin);
  process.on("SIGINT", begin);
  process.once("disconnect", () => {
    if (!isStopping) begin();
  });
}
