import type { RunView } from "./run-view.ts";

/** A file that came with a question, as a screen names it. */
export interface ConversationFile {
  filename: string;
  mediaType: string;
  sizeBytes: number;
  /** Where the server has it; null for a file that was chosen on this page. */
  stored: { runId: string; attachmentId: string } | null;
  /** The bytes, when this page has them. */
  blob: Blob | null;
}

/** One question and its answer. */
export interface ConversationTurn {
  /** Stable while the turn is on screen: the run's id, or a made-up one until the run has an id. */
  key: string;
  question: string;
  files: readonly ConversationFile[];
  askedAtMs: number;
  view: RunView;
  /**
   * The runs that stand or have stood in this place, oldest first, when there is more than one: answers given anew,
   * questions asked otherwise, and attempts at either.
   */
  versions: readonly string[];
  /** The one of them that the conversation goes on from: an attempt that has failed does not replace what it was to. */
  standingRunId: string | null;
  /** Why nothing, or nothing more, came from the server; null as long as it answers. */
  refusal: string | null;
}
