import { type EventType, eventType, type StandardSchemaV1, staticSchema } from "inngest";

/** The event that a case sends with `stage.send(name, data)`; its data always has the key. */
export function caseEvent<Data extends Record<string, unknown> = Record<never, never>>(
  name: string,
): EventType<string, StandardSchemaV1<Data & { key: string }>> {
  return eventType(`conformance/${name}`, { schema: staticSchema<Data & { key: string }>() });
}
