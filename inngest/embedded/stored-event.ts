import canonicalize from "canonicalize";
import { z } from "zod";
import { type JsonObject, jsonObjectSchema } from "#lib/core/json.ts";

/** An event as the engine keeps it: parsed for matching, and as the canonical text that handlers are sent. */
export interface StoredEvent {
  id: string;
  name: string;
  organizationId: string | null;
  payload: JsonObject;
  text: string;
}

/** An event as the SDK sends it. */
export const sentEventSchema = z.object({
  id: z.string().min(1).max(400).nullish(),
  name: z.string().min(1).max(256),
  data: jsonObjectSchema.default({}),
  ts: z.number().int().nullish(),
  v: z.string().nullish(),
  user: jsonObjectSchema.nullish(),
  meta: jsonObjectSchema.nullish(),
});

/** Makes the stored form of an event. Its organization is `data.organizationId`, unless the caller knows it. */
export function storedEvent(
  sent: z.infer<typeof sentEventSchema>,
  made: { id: string; nowMs: number; organizationId?: string | null },
): StoredEvent {
  const payload: JsonObject = {
    id: made.id,
    name: sent.name,
    data: sent.data,
    ts: sent.ts ?? made.nowMs,
    ...(sent.v == null ? {} : { v: sent.v }),
    ...(sent.user == null ? {} : { user: sent.user }),
    ...(sent.meta == null ? {} : { meta: sent.meta }),
  };
  const named = sent.data["organizationId"];
  const organizationId = made.organizationId ?? (typeof named === "string" ? named : null);
  return { id: made.id, name: sent.name, organizationId, payload, text: canonicalize(payload) ?? "{}" };
}
