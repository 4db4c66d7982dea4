import { createHash } from "node:crypto";
import type { QueryConfig } from "pg";

/** Names by text: there are as many as the engine has statements. */
const names = new Map<string, string>();

/** A statement that its connection plans once and keeps, at about 0.3 MB a plan. */
export function plannedStatement(text: string, values: unknown[] = []): QueryConfig {
  const name = names.get(text) ?? createHash("sha1").update(text).digest("base64url");
  names.set(text, name);
  return { name, text, values };
}
