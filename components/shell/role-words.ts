import type { Role } from "#lib/core/principal.ts";

/** A role as the screen says it. */
export const ROLE_WORDS: Record<Role, string> = { owner: "Owner", admin: "Admin", member: "Member" };
