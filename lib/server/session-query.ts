import type { ComponentType } from "#lib/core/session.ts";

/** The query that the wire's session endpoints share. */
export interface SessionQuery {
  type?: ComponentType;
  user_id?: string;
  db_id?: string;
  table?: string;
}
