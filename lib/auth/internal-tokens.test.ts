import { expect, test } from "vitest";
import { authenticateRequest } from "./authenticate.ts";
import { issueInternalToken, redeemInternalToken } from "./internal-tokens.ts";
import { schedulerPrincipal } from "./scheduler-principal.ts";

const principal = schedulerPrincipal({ organizationId: "org_1", organizationSlug: "default" });
const request = (token: string) =>
  new Request("http://own.test/api/agents", { headers: { authorization: `Bearer ${token}` } });

test("a token of this process stands for the scheduler of one organization, once", async () => {
  const token = issueInternalToken(principal);
  expect(await authenticateRequest(request(token))).toEqual(principal);
  await expect(authenticateRequest(request(token))).rejects.toThrow("Invalid token");
});

test("a token that was not used in time is worth nothing", () => {
  const token = issueInternalToken(principal, 1_000);
  expect(() => redeemInternalToken(token, 31_000)).toThrow("Invalid token");
  expect(redeemInternalToken(issueInternalToken(principal, 1_000), 30_999)).toEqual(principal);
});

test.each(["gh_internal_", "gh_internal_x", `gh_internal_${"A".repeat(43)}`])(
  "what somebody makes up is refused: %s",
  async (token) => {
    await expect(authenticateRequest(request(token))).rejects.toMatchObject({ status: 401 });
  },
);
