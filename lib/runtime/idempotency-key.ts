/** The same for every attempt of a call: a system that honours it takes the call once. */
export function idempotencyKey(runId: string, toolCallId: string): string {
  return `${runId}:${toolCallId}`;
}
