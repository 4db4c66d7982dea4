/** An execution of a tool that changes the world, about to begin. */
export interface EffectClaim {
  runId: string;
  toolCallId: string;
  /** 1 for the first; the next only after a person has said that this one did not happen. */
  attempt: number;
  toolName: string;
  toolFingerprint: string;
  argumentsHash: string;
  /** The same for every attempt: a system that honours it takes the call once. */
  idempotencyKey: string;
  claimedAtMs: number;
}

/** How a claimed effect stands as far as its driver can tell. */
export interface EffectEnd {
  runId: string;
  toolCallId: string;
  attempt: number;
  /** `failed`: the tool says so. `released`: it was never begun. `unknown`: nobody knows. */
  status: "committed" | "failed" | "released" | "unknown";
}
