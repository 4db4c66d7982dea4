import type { Principal } from "#lib/core/principal.ts";

/** The subject of everything that schedules start; no token from outside may carry it. */
export const SCHEDULER_SUBJECT = "__scheduler__";

const SCHEDULER_SCOPES = [
  "agents:read",
  "agents:run",
  "teams:read",
  "teams:run",
  "workflows:read",
  "workflows:run",
  "schedules:read",
  "schedules:write",
  "schedules:delete",
] as const;

/** The caller that stands behind a schedule's calls: the same few scopes in every organization, whoever made it. */
export function schedulerPrincipal(
  organization: Pick<Principal, "organizationId" | "organizationSlug">,
): Principal {
  return {
    kind: "system",
    id: SCHEDULER_SUBJECT,
    organizationId: organization.organizationId,
    organizationSlug: organization.organizationSlug,
    subject: SCHEDULER_SUBJECT,
    scopes: SCHEDULER_SCOPES,
    role: null,
    sessionId: null,
  };
}
