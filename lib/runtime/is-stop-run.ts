/** True for what a tool or a hook throws when the run is to end with its words. */
export function isStopRun(error: unknown): boolean {
  return error instanceof Error && error.name === "StopRunError";
}
