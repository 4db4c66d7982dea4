import { AppError } from "#lib/core/app-error.ts";

/** Says in one sentence why the server could not start and what to do. */
export function explainStartError(error: unknown, context: { port: number; dataDirectory: string }): string {
  if (error instanceof AppError) return error.message;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  switch (code) {
    case "locked":
      return message;
    case "EADDRINUSE":
      return `Port ${context.port} is taken by another program; choose one with: npm start -- --port N`;
    case "EADDRNOTAVAIL":
    case "EACCES:listen":
      return `This machine does not let Gatehouse listen there (${message}); choose another --host or --port.`;
    case "EROFS":
    case "EACCES":
    case "EPERM":
    case "ENOTDIR":
    case "ENOENT":
      return `The data folder ${context.dataDirectory} cannot be written (${message}); choose one with: npm start -- --data DIR`;
    case "ENOSPC":
      return `The disk of the data folder ${context.dataDirectory} is full (${message}).`;
    default:
      return `Gatehouse could not start: ${message}`;
  }
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return error.code === "EACCES" && "syscall" in error && error.syscall === "listen"
    ? "EACCES:listen"
    : error.code;
}
