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
  /** Why nothing, or nothing more, came from the server; null as long as it answers. */
  refusal: string | null;
}
