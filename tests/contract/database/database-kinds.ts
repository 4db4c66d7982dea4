import { hasPostgres } from "#tests/support/find-postgres.ts";

/** Both kinds of database, and whether this machine can run the tests on each. */
export const DATABASE_KINDS = [
  { kind: "embedded", available: true },
  { kind: "postgres", available: hasPostgres() },
] as const;
