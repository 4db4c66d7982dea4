import type { Page } from "@playwright/test";
import { owner } from "./e2e-test.ts";

/** Signs the owner in and waits for the home of the first organization. */
export async function signIn(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await page.waitForURL("**/o/default");
}
