/** Why a run ends instead of going on after what people have decided, or left undecided. */
export interface EndReason {
  /** For the person. */
  sentence: string;
  /** `error_type` of the RunError. */
  errorType: string;
}
