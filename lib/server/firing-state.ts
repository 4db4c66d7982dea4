/** Where a firing stands, for who drives it. */
export type FiringState =
  /** An attempt's run is under way: look again when it has ended, or after so long at the latest. */
  | { kind: "running"; runId: string; waitSeconds: number }
  /** An attempt has failed and another one follows after so long. */
  | { kind: "retry"; delaySeconds: number }
  /** Nothing follows. */
  | { kind: "ended" };
