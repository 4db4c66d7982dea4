import { AppError } from "#lib/core/app-error.ts";

interface FailureReport {
  log: (message: string, facts: Record<string, unknown>) => void;
  newId: () => string;
}

/**
 * Turns whatever a route threw into the one error shape: `{detail}` with the status of its code; a list of issues for
 * 422, and beside it what the error has for programs. What we did not foresee is 500 with a general sentence and an id; its cause goes to the log only.
 */
export function errorResponse(error: unknown, where: string, { log, newId }: FailureReport): Response {
  const known = isAppError(error) ? error : undefined;
  if (known !== undefined && known.status < 500) {
    const headers = { "cache-control": "no-store", ...known.headers };
    const body = { detail: known.issues ?? known.message, ...known.details };
    return Response.json(body, { status: known.status, headers });
  }
  const errorId = newId();
  log("A request failed", { errorId, where, cause: error });
  const { status, message } = known ?? unforeseen(error, errorId);
  const headers = { "cache-control": "no-store", ...known?.headers };
  return Response.json({ detail: message }, { status, headers });
}

/** What the operator can mend is named: until there is room again, whatever is to be kept fails. */
function unforeseen(error: unknown, errorId: string): { status: number; message: string } {
  const isDiskFull = error instanceof Error && "code" in error && DISK_FULL_CODES.has(String(error.code));
  return isDiskFull
    ? { status: 503, message: "The server's disk is full. Once there is room again, send this anew." }
    : { status: 500, message: `Something went wrong on the server. The log has the cause under ${errorId}.` };
}

/** Postgres' and the operating system's. */
const DISK_FULL_CODES = new Set(["53100", "ENOSPC"]);

/** The bundles may hold several copies of the class; the name and the fields tell just as well. */
function isAppError(error: unknown): error is AppError {
  return (
    error instanceof AppError ||
    (error instanceof Error && error.name === "AppError" && "code" in error && "status" in error)
  );
}
