import { randomUUID } from "node:crypto";
import { prefixedId } from "#lib/core/ids.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";

/** The id of this life of the process; it fences the runs that the process drives. */
export function bootId(): string {
  return processSingleton("boot-id", () => prefixedId("boot", randomUUID()));
}
