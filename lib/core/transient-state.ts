import type { JsonObject } from "./json.ts";

/** Keys of a session's state that say which run reads it. They are filled in for each run and never saved. */
const TRANSIENT_KEYS = ["current_user_id", "current_session_id", "current_run_id"] as const;

/** The transient keys of one run; nobody's run has no user. */
export function transientState(run: {
  subject: string | null;
  sessionId: string;
  runId: string;
}): JsonObject {
  return {
    ...(run.subject === null ? {} : { current_user_id: run.subject }),
    current_session_id: run.sessionId,
    current_run_id: run.runId,
  };
}

/** True for a key that nobody but the platform fills in. */
export function isTransientKey(key: string): boolean {
  return TRANSIENT_KEYS.some((known) => known === key);
}

/** The state as it is saved: without the transient keys. The very same object where there are none. */
export function savedState(state: JsonObject): JsonObject {
  if (!TRANSIENT_KEYS.some((key) => Object.hasOwn(state, key))) return state;
  return Object.fromEntries(Object.entries(state).filter(([key]) => !isTransientKey(key)));
}
