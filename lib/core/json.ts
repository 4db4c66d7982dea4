import { z } from "zod";

/** Anything that survives JSON.parse(JSON.stringify(x)). */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A JSON object. */
export type JsonObject = { [key: string]: JsonValue };

/** Accepts any JSON value; `undefined`, functions and class instances are refused. */
export const jsonValueSchema: z.ZodType<JsonValue> = z.json();

/** Accepts a JSON object. */
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonValueSchema);
