import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal, Role } from "#lib/core/principal.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { makeUser } from "#tests/support/make-user.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { changeRole } from "./change-role.ts";
import { getOrganizationSettings } from "./get-organization-settings.ts";
import { inviteMember } from "./invite-member.ts";
import { listMembers } from "./list-members.ts";
import { removeMember } from "./remove-member.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { setOpenSignUp } from "./set-open-sign-up.ts";

let open: TestDatabase;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment();
  open = await openTestDatabase();
});

afterAll(async () => {
  await open.close();
  removeFolder();
});

type House = Record<Role, Principal> & { organizationId: string };

/** An organization with one of each role. */
async function house(): Promise<House> {
  const { organizationId } = await makeScope();
  const [owner, admin, member] = [
    await makeUser(organizationId, "owner"),
    await makeUser(organizationId, "admin"),
    await makeUser(organizationId, "member"),
  ];
  return { organizationId, owner, admin, member };
}

async function rolesIn({ organizationId }: House): Promise<Role[]> {
  const { rows } = await open.pool.query<{ role: Role }>(
    `SELECT role FROM "Membership" WHERE "organizationId" = $1 ORDER BY role`,
    [organizationId],
  );
  return rows.map((row) => row.role);
}

async function auditedIn({ organizationId }: House): Promise<unknown[]> {
  const { rows } = await open.pool.query(
    `SELECT action, "actorId", "targetId", details FROM "AuditEntry" WHERE "organizationId" = $1 ORDER BY id`,
    [organizationId],
  );
  return rows;
}

describe("members", () => {
  test("are seen by all of them; open invitations by owners and admins", async () => {
    const ours = await house();
    await inviteMember(ours.admin, { email: null, role: "member" });
    const [byOwner, byMember] = [await listMembers(ours.owner), await listMembers(ours.member)];
    expect(byOwner.members.map((each) => each.role)).toEqual(["owner", "admin", "member"]);
    expect(byOwner.invitations).toHaveLength(1);
    expect(byMember).toMatchObject({ members: [{}, {}, {}], invitations: [] });
    expect(Object.keys(byMember.members[0] ?? {}).toSorted()).toEqual([
      "email",
      "joinedAt",
      "name",
      "role",
      "userId",
    ]);
  });

  test("change roles and leave, with an audit row each", async () => {
    const ours = await house();
    await changeRole(ours.owner, ours.member.id, "admin");
    await changeRole(ours.owner, ours.member.id, "admin");
    await removeMember(ours.admin, ours.admin.id);
    await expect(rolesIn(ours)).resolves.toEqual(["admin", "owner"]);
    await expect(auditedIn(ours)).resolves.toEqual([
      {
        action: "member.role_changed",
        actorId: ours.owner.id,
        targetId: ours.member.id,
        details: { from: "member", to: "admin" },
      },
      {
        action: "member.removed",
        actorId: ours.admin.id,
        targetId: ours.admin.id,
        details: { from: "admin" },
      },
    ]);
  });

  test.each<[string, (ours: House) => Promise<unknown>]>([
    ["an admin makes an owner", (ours) => changeRole(ours.admin, ours.member.id, "owner")],
    ["an admin makes themselves an owner", (ours) => changeRole(ours.admin, ours.admin.id, "owner")],
    ["an admin demotes an owner", (ours) => changeRole(ours.admin, ours.owner.id, "member")],
    ["an admin removes an owner", (ours) => removeMember(ours.admin, ours.owner.id)],
    ["an admin invites an owner", (ours) => inviteMember(ours.admin, { email: null, role: "owner" })],
    ["a member changes a role", (ours) => changeRole(ours.member, ours.member.id, "admin")],
    ["a member removes another", (ours) => removeMember(ours.member, ours.admin.id)],
    ["a member invites", (ours) => inviteMember(ours.member, { email: null, role: "member" })],
    ["a member revokes an invitation", (ours) => revokeInvitation(ours.member, "inv_1")],
    ["a member opens sign-up", (ours) => setOpenSignUp(ours.member, true)],
  ])("are safe: it is refused that %s", async (_, attempt) => {
    const ours = await house();
    await expect(attempt(ours)).rejects.toMatchObject({ code: "forbidden" });
    await expect(rolesIn(ours)).resolves.toEqual(["admin", "member", "owner"]);
    await expect(auditedIn(ours)).resolves.toEqual([]);
  });

  test("are not managed by tokens, not even an administrator's", async () => {
    const ours = await house();
    const token: Principal = { ...ours.owner, kind: "jwt", role: null };
    const attempts = [
      () => listMembers(token),
      () => changeRole(token, ours.member.id, "owner"),
      () => removeMember(token, ours.member.id),
      () => inviteMember(token, { email: null, role: "member" }),
      () => setOpenSignUp(token, true),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the last owner", () => {
  test("stays an owner and a member", async () => {
    const ours = await house();
    await expect(changeRole(ours.owner, ours.owner.id, "admin")).rejects.toMatchObject({ code: "conflict" });
    await expect(removeMember(ours.owner, ours.owner.id)).rejects.toMatchObject({ code: "conflict" });
    await changeRole(ours.owner, ours.admin.id, "owner");
    await removeMember(ours.owner, ours.owner.id);
    await expect(rolesIn(ours)).resolves.toEqual(["member", "owner"]);
  });

  test("remains when all owners leave or demote each other at once", async () => {
    const ours = await house();
    const owners = [
      ours.owner,
      ...(await Promise.all([1, 2, 3].map(() => makeUser(ours.organizationId, "owner")))),
    ];
    await Promise.allSettled(
      owners.map((owner, n) =>
        n % 2 === 0
          ? removeMember(owner, owner.id)
          : changeRole(owner, owners[(n + 1) % owners.length]?.id ?? "", "member"),
      ),
    );
    await Promise.allSettled(owners.map((owner) => removeMember(owner, owner.id)));
    const roles = await rolesIn(ours);
    expect(roles.filter((role) => role === "owner")).toHaveLength(1);
  });
});

describe("another organization's owner", () => {
  test("sees and changes nothing of ours", async () => {
    const [ours, theirs] = [await house(), await house()];
    const { invitation } = await inviteMember(ours.owner, { email: null, role: "member" });
    const before = await auditedIn(ours);
    for (const attempt of [
      () => changeRole(theirs.owner, ours.member.id, "owner"),
      () => removeMember(theirs.owner, ours.member.id),
      () => revokeInvitation(theirs.owner, invitation.id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
    await setOpenSignUp(theirs.owner, true);
    await expect(getOrganizationSettings(ours.owner)).resolves.toEqual({
      open_sign_up: false,
      run_retention_days: null,
    });
    const { members, invitations } = await listMembers(theirs.owner);
    expect(members.map((each) => each.userId)).not.toContain(ours.member.id);
    expect(invitations).toEqual([]);
    await expect(rolesIn(ours)).resolves.toEqual(["admin", "member", "owner"]);
    await expect(auditedIn(ours)).resolves.toEqual(before);
  });
});
