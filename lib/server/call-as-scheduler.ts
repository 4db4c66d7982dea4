import { issueInternalToken } from "#lib/auth/internal-tokens.ts";
import { schedulerPrincipal } from "#lib/auth/scheduler-principal.ts";
import { AppError } from "#lib/core/app-error.ts";
import { runTarget } from "#lib/core/run-target.ts";
import type { JsonValue } from "#lib/core/json.ts";
import type { AttemptRequest } from "#lib/db/schedule-attempts.ts";
import { findOrganization } from "#lib/db/organizations.ts";
import { ownApi } from "./own-api.ts";

/** A call answers within seconds, one that starts a run, too: the run is waited for elsewhere. */
const LONGEST_CALL_MS = 240_000;

/** What an endpoint answered. */
export interface SchedulerAnswer {
  statusCode: number;
  text: string;
}

/**
 * Calls an endpoint of this installation's own API as the scheduler of an organization, over the same door as everybody
 * (authentication, scopes, validation). A run is started in the background, under a key that finds it again; any other
 * endpoint gets one JSON request, and an answer with status 504 when it has not answered after `timeoutMs`. Throws
 * `unavailable` while no server is running, and what fetch throws.
 */
export async function callAsScheduler(
  organizationId: string,
  request: AttemptRequest,
  options: { idempotencyKey: string; timeoutMs: number },
): Promise<SchedulerAnswer> {
  const api = ownApi();
  const organization = await findOrganization(organizationId);
  if (api === null || organization === null) throw new AppError("unavailable", "Scheduler is not running");
  const principal = schedulerPrincipal({ organizationId, organizationSlug: organization.slug });
  const headers = new Headers({
    authorization: `Bearer ${issueInternalToken(principal)}`,
    "idempotency-key": options.idempotencyKey,
  });
  const isRun = runTarget(request.method, request.endpoint) !== null;
  const body = isRun ? runForm(request.payload ?? {}) : jsonBody(request);
  if (typeof body === "string") headers.set("content-type", "application/json");
  const limitMs = isRun ? LONGEST_CALL_MS : Math.min(options.timeoutMs, LONGEST_CALL_MS);
  const signal = AbortSignal.timeout(limitMs);
  try {
    const response = await api(
      new Request(`http://own.invalid/api${request.endpoint}`, {
        method: request.method,
        headers,
        redirect: "manual",
        signal,
        ...(body === null ? {} : { body }),
      }),
    );
    return { statusCode: response.status, text: await response.text() };
  } catch (error) {
    // Whether a run was started is found out under its key; of any other call nothing is left to ask for.
    if (isRun || !signal.aborted) throw error;
    return { statusCode: 504, text: `The endpoint did not answer within ${limitMs / 1_000} s.` };
  }
}

function jsonBody({ method, payload }: AttemptRequest): string | null {
  return payload === null || method === "GET" ? null : JSON.stringify(payload);
}

/** A run's fields as a form has them. How it is driven and whose it is are not the payload's to say. */
function runForm(payload: Record<string, JsonValue>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(payload)) {
    if (value === null || ["stream", "background", "user_id"].includes(name)) continue;
    form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  form.set("stream", "false");
  form.set("background", "true");
  return form;
}
