import { environment } from "#lib/env.ts";

/** The wire's name of our one database. */
export function databaseId(): string {
  return environment().AGENTOS_DB_ID;
}
