import { describe, expect, test } from "vitest";
import type { Principal } from "#lib/core/principal.ts";
import type { RequiredScope } from "#lib/core/required-scope.ts";
import { can } from "./can.ts";
import { roleScopes } from "./role-scopes.ts";

function holding(...scopes: string[]): Principal {
  return {
    kind: "jwt",
    id: "ann",
    organizationId: "org_1",
    organizationSlug: "default",
    subject: "ann",
    scopes,
    role: null,
    sessionId: null,
  };
}

const RUN: RequiredScope = { scope: "agents:run", resourceParam: "agent_id" };
const LIST: RequiredScope = { scope: "agents:read" };

describe("what a caller may do", () => {
  test.each<[string, string[], RequiredScope, boolean]>([
    ["nothing is needed where nobody is asked", [], "public", true],
    ["any credential will do where one is asked", [], "authenticated", true],
    ["nothing is allowed without a scope", [], RUN, false],
    ["a global scope is all of them", ["agents:run"], RUN, true],
    ["a star is all of them", ["agents:*:run"], RUN, true],
    ["a scope of the very id suffices", ["agents:triage:run"], RUN, true],
    ["a scope of another id does not", ["agents:billing:run"], RUN, false],
    ["a scope of one id is not one of the list", ["agents:triage:read"], LIST, false],
    ["another action is not allowed", ["agents:read", "agents:triage:read"], RUN, false],
    ["another resource is not allowed", ["teams:run", "teams:triage:run"], RUN, false],
    ["the administrator's scope is everything", ["agent_os:admin"], RUN, true],
    ["a part of the administrator's scope is nothing", ["agent_os:triage:admin", "admin"], RUN, false],
    ["the old name of config counts", ["system:read"], { scope: "config:read" }, true],
    ["a star is no resource", ["*:run", "*:*:run"], RUN, false],
    ["a star is no action", ["agents:*", "agents:triage:*"], RUN, false],
    ["scopes do not split at spaces", ["sessions:read agents:run"], RUN, false],
    ["case counts", ["Agents:Run"], RUN, false],
    ["malformed scopes are nothing", ["agents::run", ":run", "agents:", "a:b:c:run", ""], RUN, false],
  ])("%s", (_, scopes, required, allowed) => {
    expect(can(holding(...scopes), required, { agent_id: "triage" })).toBe(allowed);
  });

  test("a scope of one id counts only where the route has that parameter", () => {
    expect(can(holding("agents:triage:run"), RUN, { other: "triage" })).toBe(false);
  });

  test.each([
    ["owner", "components:write", true],
    ["admin", "components:write", true],
    ["member", "components:write", false],
    ["member", "agents:run", true],
    ["member", "sessions:delete", true],
    ["member", "config:write", false],
  ] as const)("the role %s has %s: %s", (role, scope, allowed) => {
    expect(can(holding(...roleScopes(role)), { scope }, {})).toBe(allowed);
  });
});
