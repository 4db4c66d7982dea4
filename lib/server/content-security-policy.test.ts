import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy.ts";

test("scripts run only with the request's nonce", () => {
  const policy = contentSecurityPolicy("abc", false);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).not.toContain("unsafe-eval");
});

test("nothing on a page loads from or sends to another host", () => {
  expect(contentSecurityPolicy("abc", false)).not.toMatch(/https?:|\*/);
});
