import type { DurableEvent } from "../core/durable-event.ts";
import type { NewEvent, RunIdentity, RunLease } from "../core/journal.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";

/** Bytes that a run's events refer to. */
export interface RunBlob {
  /** SHA-256 in lower-case hex. */
  hash: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** A new run of a session, with the first events of its journal. */
export interface CreateRun {
  runId: string;
  /** Equal to `runId`, unless the run is a member of another run's tree: then `events` must be empty. */
  rootRunId: string;
  parentRunId: string | null;
  session: {
    id: string;
    /** Name and state that the session gets when this run is its first; a stored session keeps its own. */
    title: string | null;
    state: JsonObject;
    /** Merged over the stored (or the first) state in the same commit, objects with objects. */
    stateOverride?: JsonObject;
    /** The override is merged over the first state, and what is stored is forgotten. */
    overwritesState?: boolean;
  };
  subject: string | null;
  componentType: RunIdentity["componentType"];
  componentId: string;
  componentName: string;
  componentVersion: number | null;
  modelProvider: string | null;
  modelId: string | null;
  /** The whole question; read only with the run itself. */
  input: JsonValue;
  /** The beginning of the question, for lists. */
  inputPreview: string;
  /** The caller's key for a start that may be repeated; unique per subject. */
  idempotencyKey?: string;
  /** Hash of the request that came with the key, to tell a repetition from a misuse. */
  requestHash?: string;
  events: NewEvent[];
  /** Kept in the same commit, so that a refused or repeated run leaves nothing of them. */
  blobs?: readonly RunBlob[];
  /** The process that drives the run from now on; null leaves it PENDING for whoever claims it. */
  bootId: string | null;
  /** Messages for the durable engine, written in the same commit. */
  outbox?: DurableEvent[];
}

/** What became of a CreateRun. Only `created` has written anything. */
export type CreateRunResult =
  | { kind: "created"; lease: RunLease; sessionState: JsonObject; sessionCreated: boolean }
  | { kind: "repeated"; runId: string; sessionId: string; requestHash: string | null }
  | { kind: "session_of_other_subject" }
  | { kind: "session_of_other_component" }
  /** With the keys laid over it the session's state would take more than `mostCharacters`. */
  | { kind: "session_state_too_large"; mostCharacters: number };
