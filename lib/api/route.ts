import type { z } from "zod";
import { authenticateRequest } from "#lib/auth/authenticate.ts";
import { can } from "#lib/auth/can.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Scope } from "#lib/core/scope.ts";
import { log } from "#lib/server/log.ts";
import { requestsPerMinute } from "#lib/server/requests-per-minute.ts";
import { answer, type Call, type Doors } from "./answer.ts";
import type { Contract } from "./contract.ts";
import { createRateLimiter } from "#lib/core/rate-limiter.ts";

/** What the handler of a route with a caller gets. `scope` says whose rows the caller may touch. */
export interface RouteCall<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>
  extends Call<P, Q, B> {
  principal: Principal;
  scope: Scope;
}

type NextHandler = (request: Request) => Promise<Response>;

/**
 * Binds a contract to what answers it. Returns the function that a `route.ts` exports under the contract's method.
 * The handler returns JSON (200), `{status, body}`, or a Response; it throws AppError for everything else.
 */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  contract: Contract<P, Q, B>,
  handler: (call: RouteCall<P, Q, B>) => Promise<unknown>,
): NextHandler {
  return (request) =>
    answer(contract, request, realDoors(), async (call) => {
      if (call.principal === null)
        throw new Error(`${contract.operationId} is public: bind it by publicRoute`);
      return handler({ ...call, principal: call.principal, scope: scopeOf(call.principal) });
    });
}

/** Binds a public contract: nobody is asked who they are. */
export function publicRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  contract: Contract<P, Q, B>,
  handler: (call: Call<P, Q, B>) => Promise<unknown>,
): NextHandler {
  if (contract.scope !== "public") throw new Error(`${contract.operationId} is not public`);
  return (request) => answer(contract, request, realDoors(), handler);
}

function realDoors(): Doors {
  return processSingleton("api-doors", () => {
    const perMinute = requestsPerMinute();
    return {
      authenticate: authenticateRequest,
      can,
      rateLimiter: perMinute === null ? null : createRateLimiter(perMinute, () => performance.now()),
      log: (message, facts) => log("error", message, facts),
      newId: () => crypto.randomUUID(),
    };
  });
}
