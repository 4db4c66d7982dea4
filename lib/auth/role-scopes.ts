import { ADMIN_SCOPE, type Role } from "#lib/core/principal.ts";

const MEMBER_SCOPES = [
  "agents:read",
  "agents:run",
  "sessions:read",
  "sessions:write",
  "sessions:delete",
  "config:read",
  "components:read",
  "schedules:read",
  "approvals:read",
] as const;

/** The scopes that a console user's role stands for. */
export function roleScopes(role: Role): readonly string[] {
  switch (role) {
    case "owner":
    case "admin":
      return [ADMIN_SCOPE];
    case "member":
      return MEMBER_SCOPES;
  }
}
