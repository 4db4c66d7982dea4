import { OutcomeUnknownError } from "../core/outcome-unknown-error.ts";

/** What Node, undici and Postgres call a connection that was lost after something may have been sent on it. */
const LOST_CODES = new Set([
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ERR_STREAM_PREMATURE_CLOSE",
  "UND_ERR_ABORTED",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CLOSED",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_RESPONSE_EXCEEDED",
  "UND_ERR_SOCKET",
]);

/** Classes of SQLSTATE after which nobody knows whether a commit was made: a lost connection, a server that stops. */
const LOST_SQL_STATES = /^(08|57P)/;

const MOST_CAUSES = 10;

/** True when a tool that changes the world failed in a way that leaves open whether it did. */
export function isOutcomeUnknown(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; cause instanceof Error && depth < MOST_CAUSES; depth++) {
    if (cause instanceof OutcomeUnknownError || cause.name === "OutcomeUnknownError") return true;
    if ("code" in cause && typeof cause.code === "string") {
      if (LOST_CODES.has(cause.code) || (cause.code.length === 5 && LOST_SQL_STATES.test(cause.code)))
        return true;
    }
    cause = cause.cause;
  }
  return false;
}
