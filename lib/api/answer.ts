import type { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import type { RequiredScope } from "#lib/core/required-scope.ts";
import type { Contract } from "./contract.ts";
import { errorResponse } from "./error-response.ts";
import { foldPairs } from "./fold-pairs.ts";
import { insufficientScope } from "./insufficient-scope.ts";
import { matchPath } from "./match-path.ts";
import { parsePart } from "./parse-part.ts";
import { parseQuery } from "./parse-query.ts";
import type { RateLimiter } from "#lib/core/rate-limiter.ts";
import type { UploadedFile } from "./read-body/form-body.ts";
import { readBody } from "./read-body/read-body.ts";
import { validationFailure } from "#lib/core/validation-failure.ts";

/** What stands between a request and its handler; real in the routes, given by the tests. */
export interface Doors {
  authenticate: (request: Request) => Promise<Principal>;
  can: (principal: Principal, required: RequiredScope, params: Record<string, string>) => boolean;
  /** Null: calls are not limited. */
  rateLimiter: RateLimiter | null;
  log: (message: string, facts: Record<string, unknown>) => void;
  newId: () => string;
}

/** A request as a handler gets it: every part parsed, whoever is calling allowed to. */
export interface Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  /** Null on public routes only. */
  principal: Principal | null;
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  files: UploadedFile[];
  request: Request;
  /** Aborts when the client closes its connection. */
  signal: AbortSignal;
}

/**
 * Answers one request of a contract. In this order: who is calling (401), how often (429), which thing (422), may they
 * (403), and only then the query and the body (413, 415, 422), so that nobody without a right makes us read a body.
 * The handler returns JSON for a 200, `{status, body}` for another status, or a Response of its own.
 */
export async function answer<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  contract: Contract<P, Q, B>,
  request: Request,
  doors: Doors,
  handler: (call: Call<P, Q, B>) => Promise<unknown>,
): Promise<Response> {
  try {
    const url = new URL(request.url);
    const principal = contract.scope === "public" ? null : await doors.authenticate(request);
    if (principal !== null) limit(doors.rateLimiter, principal);
    const path = matchPath(contract.path, url.pathname.replace(/^\/api(?=\/|$)/, ""));
    if (path === null) throw new AppError("not_found", "Not Found");
    if (path === "malformed") throw validationFailure([MALFORMED_PATH]);
    const params = parsePart(contract.params, path, "path");
    if (principal !== null && !doors.can(principal, contract.scope, path)) {
      throw insufficientScope(typeof contract.scope === "string" ? contract.scope : contract.scope.scope);
    }
    const query = parsePart(
      contract.query,
      foldPairs(parseQuery(url.search), contract.query, "query"),
      "query",
    );
    const { value, files } = await readBody(request, contract.body);
    const body =
      contract.body.kind === "none"
        ? (undefined as z.output<B>)
        : parsePart(contract.body.schema, value, "body");
    const result = await handler({ principal, params, query, body, files, request, signal: request.signal });
    return toResponse(result);
  } catch (error) {
    return errorResponse(error, `${contract.method} ${contract.path}`, doors);
  }
}

const MALFORMED_PATH = {
  type: "string_unicode",
  loc: ["path"],
  msg: "The path holds a broken percent escape or invalid UTF-8",
  input: null,
};

function limit(limiter: RateLimiter | null, principal: Principal): void {
  // What people have asked for already is not counted again when a part of ours carries it out.
  if (principal.kind === "system") return;
  const wait = limiter?.take(
    `${principal.organizationId} ${principal.kind} ${principal.id}`,
  ).retryAfterSeconds;
  if (wait === undefined || wait === null) return;
  throw new AppError("rate_limited", `Too many requests. Try again in ${wait} s.`, {
    headers: { "retry-after": String(wait) },
  });
}

function toResponse(result: unknown): Response {
  if (result instanceof Response) return result;
  const headers = { "cache-control": "no-store" };
  if (!isReply(result)) return Response.json(result, { headers });
  if (result.status === 204) return new Response(null, { status: 204, headers });
  return Response.json(result.body, { status: result.status, headers });
}

/** Exactly `{status, body}` with a number: a run on the wire has a `status`, too, but it is a word. */
function isReply(result: unknown): result is { status: number; body: unknown } {
  if (typeof result !== "object" || result === null) return false;
  const keys = Object.keys(result);
  return keys.length === 2 && "status" in result && typeof result.status === "number" && "body" in result;
}
