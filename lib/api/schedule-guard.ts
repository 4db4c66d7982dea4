import { can } from "#lib/auth/can.ts";
import { SCHEDULER_SUBJECT, schedulerPrincipal } from "#lib/auth/scheduler-principal.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import type { EndpointGuard } from "#lib/server/endpoint-guard.ts";
import { findContract } from "./find-contract.ts";
import { insufficientScope } from "./insufficient-scope.ts";

/** What no schedule may have done, or it could raise another's rights, or breed. */
const NEVER_SCHEDULED = new Set([
  "create_schedule",
  "update_schedule",
  "enable_schedule",
  "trigger_schedule",
]);

/**
 * Makes the check of what a caller may have called at set times. Schedules act with the scheduler's scopes, which may
 * reach further than their maker's: whoever makes, changes, enables or triggers one must hold the scope of its endpoint.
 * The scheduler itself does none of that.
 */
export function scheduleGuard(principal: Principal): EndpointGuard {
  return (method, endpoint) => {
    const [path = ""] = endpoint.split("?");
    const found = findContract(method, path);
    if (found === null) throw new AppError("invalid", `This API has no ${method} ${path}.`);
    const { contract, params } = found;
    if (principal.subject === SCHEDULER_SUBJECT || NEVER_SCHEDULED.has(contract.operationId)) {
      throw new AppError("forbidden", "A schedule cannot make, change, enable or trigger schedules.");
    }
    const scope = typeof contract.scope === "string" ? contract.scope : contract.scope.scope;
    if (!can(principal, contract.scope, params)) throw insufficientScope(scope);
    if (!can(schedulerPrincipal(principal), contract.scope, params)) {
      throw new AppError(
        "forbidden",
        `A schedule cannot call ${method} ${path}: it has no scope ${scope}. It can run agents, teams and workflows, and read them.`,
      );
    }
  };
}
