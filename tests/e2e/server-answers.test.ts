import { expect } from "@playwright/test";
import { test } from "./support/e2e-test.ts";

test("the first page opens in a browser and keeps to its content security policy", async ({
  page,
  shoot,
}) => {
  const response = await page.goto("/");
  expect(response?.status()).toBe(200);
  expect(response?.headers()["content-security-policy"]).toContain("script-src 'self' 'nonce-");
  await expect(page.locator("body")).toContainText("Gatehouse");
  await shoot("first-page");
});
