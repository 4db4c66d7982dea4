import { AppError } from "#lib/core/app-error.ts";

/** Says in one sentence why the server could not start and what to do. */
export function explainStartError(error: unknown, context: { port: number; dataDirectory: string }): string {
  if (error instanceof AppError) return error.message;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === "locked") return message;
  if (code === "EADDRINUSE") {
    return `Port ${context.port} is taken by another program; choose one with: npm start -- --port N`;
  }
  if (code === "EADDRNOTAVAIL" || code === "EACCES:listen") {
    return `This machine does not let Gatehouse listen there (${message}); choose another --host or --port.`;
  }
  if (code === "ENOSPC") return `The disk of the data folder ${context.dataDirectory} is full (${message}).`;
  if (code !== undefined && unwritableCodes.has(code)) {
    return `The data folder ${context.dataDirectory} cannot be written (${message}); choose one with: npm start -- --data DIR`;
  }
  return `Gatehouse could not start: ${message}`;
}

const unwritableCodes = new Set(["EROFS", "EACCES", "EPERM", "ENOTDIR", "ENOENT"]);

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return error.code === "EACCES" && "syscall" in error && error.syscall === "listen"
    ? "EACCES:listen"
    : error.code;
}
