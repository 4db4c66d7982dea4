import type { JsonObject, JsonValue } from "./json.ts";

/** What a person says about something that a run waits for. */
export type Decision =
  /** `args` are the arguments as the person has changed them; null leaves them. */
  | { kind: "approve"; args: JsonObject | null }
  | { kind: "reject"; note: string | null }
  | { kind: "values"; values: JsonObject }
  /** The labels chosen, by question. */
  | { kind: "choices"; choices: Readonly<Record<string, readonly string[]>> }
  | { kind: "result"; result: JsonValue }
  /** Of a call whose outcome is unknown: it did not happen, and is to be made. */
  | { kind: "again" };
