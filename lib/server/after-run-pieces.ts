import type { RunStatus } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { SCHEDULER_SUBJECT } from "#lib/auth/scheduler-principal.ts";
import { mergeRunParts } from "./merge-run-parts.ts";
import { performBackgroundHooks } from "./perform-background-hooks.ts";
import { summarizeSession } from "./summarize-session.ts";
import { settlePausedAttempt } from "./settle-paused-attempt.ts";

/** What decides whether a run wants work after its end. */
export interface EndedRun {
  status: RunStatus;
  subject: string | null;
  /** More than one driver was at it. */
  recovered: boolean;
  /** Its agent wants summaries of its sessions. */
  summarizes: boolean;
  /** Its agent has hooks that are done after the reply. */
  hasBackgroundHooks: boolean;
}

/** A piece of the work that comes after a run's reply. It may be done twice and must bear that. */
export interface AfterRunPiece {
  /** Names its durable step: a contract with runs that are waiting, never to be changed. */
  id: string;
  wants(run: EndedRun): boolean;
  perform(scope: Scope, runId: string): Promise<void>;
}

/** The pieces in the order in which they are done. */
export const AFTER_RUN_PIECES: readonly AfterRunPiece[] = [
  // A driver that died has left the text of its parts in pieces.
  { id: "merge-parts", wants: ({ recovered }) => recovered, perform: mergeRunParts },
  {
    id: "paused-attempt",
    wants: ({ subject }) => subject === SCHEDULER_SUBJECT,
    perform: settlePausedAttempt,
  },
  {
    id: "session-summary",
    wants: ({ status, summarizes }) => summarizes && status === "COMPLETED",
    perform: summarizeSession,
  },
  {
    id: "background-hooks",
    // A completed run has passed all guardrails.
    wants: ({ status, hasBackgroundHooks }) => hasBackgroundHooks && status === "COMPLETED",
    perform: performBackgroundHooks,
  },
];
