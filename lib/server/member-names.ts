import type { Scope } from "#lib/core/scope.ts";
import { listMembers } from "#lib/db/members.ts";

/** What the organization's members are called, by user id. */
export async function memberNames(scope: Scope): Promise<ReadonlyMap<string, string>> {
  const members = await listMembers(scope);
  return new Map(members.map(({ userId, name, email }) => [userId, name === "" ? email : name]));
}
