import { isLoopback } from "./is-loopback.ts";

/** The URL that a person opens: the operator's public one, else this machine's name for the listening address. */
export function serverUrl(host: string, port: number, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/$/, "");
  const isEverywhere = host === "0.0.0.0" || host === "::";
  if (isLoopback(host) || isEverywhere) return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
