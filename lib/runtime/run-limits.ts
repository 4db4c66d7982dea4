/** The bounds of a run's model and tool calls. */
export interface RunLimits {
  /** A model call as a whole, retries apart. */
  modelTotalMs: number;
  /** From the request to the first sign of life in its answer. */
  modelFirstOutputMs: number;
  /** Between two parts of an answer. */
  modelStallMs: number;
  /** How often a model call that failed before its first output is tried again. */
  modelRetries: number;
  /** Pause before the first retry; it doubles with every further one. A `retry-after` of the provider replaces it. */
  retryBaseMs: number;
  /** A longer `retry-after` than this ends the run with a sentence that says so. */
  retryAfterMaxMs: number;
  /** UTF-16 units that one model call may write, text and reasoning together. */
  modelOutputChars: number;
  /** A tool call whose tool names no time of its own. */
  toolMs: number;
  /** UTF-16 units of a tool's result that the model gets; the rest is cut off with a note. */
  toolResultChars: number;
  /** UTF-16 units of a tool call's arguments. */
  toolInputChars: number;
}

/** The bounds where a run's ports give none. */
export const DEFAULT_RUN_LIMITS: RunLimits = {
  modelTotalMs: 600_000,
  modelFirstOutputMs: 120_000,
  modelStallMs: 60_000,
  modelRetries: 2,
  retryBaseMs: 500,
  retryAfterMaxMs: 60_000,
  modelOutputChars: 4_000_000,
  toolMs: 30_000,
  toolResultChars: 200_000,
  toolInputChars: 1_000_000,
};
