import type { RunView } from "./run-view.ts";

/** A file that came with a question, as a screen names it. */
export interface ConversationFile {
  filename: string;
  mediaType: string;
  sizeBytes: number;
}

/** One question and its answer. */
export interface ConversationTurn {
  /** Stable while the turn is on screen: the run's id, or a made-up one until the run has an id. */
  key: string;
  question: string;
  files: readonly ConversationFile[];
  askedAtMs: number;
  view: RunView;
  /** Why the question did not reach an agent at all; null when it did. */
  refusal: string | null;
}
