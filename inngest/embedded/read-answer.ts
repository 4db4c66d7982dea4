import canonicalize from "canonicalize";
import { type Operation, operationSchema } from "./operation.ts";

/** What an SDK's handler answered to a call. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  body: string;
}

/** What an answer means. `error` is canonical JSON text with name, message and stack, `output` the result's. */
export type Answer =
  | { kind: "operations"; operations: Operation[]; version: number | null; retryAfter: string | null }
  | { kind: "done"; output: string; version: number | null }
  | { kind: "error"; error: string; isFinal: boolean; retryAfter: string | null };

/**
 * Reads an answer. What does not carry the SDK's header comes from somebody between (a proxy, a page of errors)
 * and is an error to be tried again, whatever its status.
 */
export function readAnswer({ status, headers, body }: RawAnswer): Answer {
  const retryAfter = headers.get("retry-after");
  if (!headers.has("x-inngest-sdk")) {
    const sentence = `Something that is not an Inngest SDK answered with status ${status}.`;
    return { kind: "error", error: errorText({ message: sentence }), isFinal: false, retryAfter };
  }
  const version = Number(headers.get("x-inngest-req-version") ?? Number.NaN);
  const parsed = parseJson(body);
  if (status === 206) {
    const operations = operationSchema.array().safeParse(Array.isArray(parsed) ? parsed : [parsed]);
    if (!operations.success) {
      const sentence = `The handler reported something that is no operation: ${operations.error.message}`;
      return { kind: "error", error: errorText({ message: sentence }), isFinal: false, retryAfter };
    }
    return {
      kind: "operations",
      operations: operations.data,
      version: Number.isInteger(version) ? version : null,
      retryAfter,
    };
  }
  if (status >= 200 && status < 300) {
    const output = canonicalize(parsed ?? null) ?? "null";
    return { kind: "done", output, version: Number.isInteger(version) ? version : null };
  }
  const isFinal = headers.get("x-inngest-no-retry") === "true" || status === 400;
  return { kind: "error", error: errorText(parsed), isFinal, retryAfter };
}

/** Whatever was thrown, as the canonical JSON text of an object with name, message and stack. */
export function errorText(thrown: unknown): string {
  const given = typeof thrown === "object" && thrown !== null ? (thrown as Record<string, unknown>) : {};
  const message = given["message"] ?? given["error"] ?? (typeof thrown === "string" ? thrown : undefined);
  const { name, stack, cause } = given;
  return (
    canonicalize({
      name: typeof name === "string" ? name : "Error",
      message: typeof message === "string" ? message : "Unknown error",
      ...(typeof stack === "string" ? { stack } : {}),
      ...(cause === undefined ? {} : { cause }),
    }) ?? "{}"
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
