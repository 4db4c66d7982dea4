import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

const DEBIAN_DIRECTORY = "/usr/lib/postgresql";

/**
 * The folder with a real Postgres server's binaries (`initdb`, `postgres`), or null when the machine has none:
 * Debian's place, the newest version first, else PATH.
 */
export function findPostgresBinaries(): string | null {
  const versions = existsSync(DEBIAN_DIRECTORY) ? readdirSync(DEBIAN_DIRECTORY) : [];
  const candidates = [
    ...versions
      .toSorted((a, b) => Number(b) - Number(a))
      .map((version) => path.join(DEBIAN_DIRECTORY, version, "bin")),
    ...(process.env["PATH"] ?? "").split(path.delimiter),
  ];
  return candidates.find((directory) => hasServer(directory)) ?? null;
}

function hasServer(directory: string): boolean {
  return existsSync(path.join(directory, "initdb")) && existsSync(path.join(directory, "postgres"));
}

/**
 * Whether the tests on a real Postgres can run here. Under CI a missing server is an error, so that the lane cannot
 * go missing unnoticed; elsewhere its tests are skipped.
 */
export function hasPostgres(): boolean {
  if (process.env["TEST_DATABASE_URL"] !== undefined || findPostgresBinaries() !== null) return true;
  if (process.env["CI"] === "true") {
    throw new Error("CI needs a real Postgres: set TEST_DATABASE_URL or install the server (postgresql).");
  }
  return false;
}
