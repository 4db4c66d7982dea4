/** A run that a server has said it has: from then on it may not be lost. */
export interface AcknowledgedRun {
  runId: string;
  sessionId: string;
  agentId: string;
  kind: "streamed" | "background" | "scheduled";
}
