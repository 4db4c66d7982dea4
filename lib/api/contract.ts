import type { z } from "zod";
import type { RequiredScope } from "#lib/core/required-scope.ts";

export type HttpMethod = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** A response that a route documents. `schema` null: no body; `sse`: a stream of server-sent events; `bytes`: a file. */
export interface ContractResponse {
  description: string;
  schema: z.ZodType | null | "sse" | "bytes";
  /** What one event of a stream is, as JSON. */
  event?: z.ZodType;
}

/**
 * One API route as data. The path has its parameters in braces (`/agents/{agent_id}/runs`) and no `/api` in front.
 * `body.kind` form: urlencoded, multipart or a JSON object, all with the same fields, as the wire's run forms;
 * `files` names the repeatable upload field.
 */
export interface Contract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  method: HttpMethod;
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  scope: RequiredScope;
  params: Params;
  query: Query;
  body: { kind: "none" } | { kind: "json"; schema: Body } | { kind: "form"; schema: Body; files?: string };
  responses: Record<number, ContractResponse>;
}

/** Keeps the exact types of a contract's schemas. */
export function defineContract<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  contract: Contract<P, Q, B>,
): Contract<P, Q, B> {
  return contract;
}
