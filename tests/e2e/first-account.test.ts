import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";
import { test as base } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { withStreamedPages } from "./support/with-streamed-pages.ts";

const PASSWORD = "a gate of old oak";

/** A server that nobody has an account on yet. */
const test = base.extend<object, { server: TestServer }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const server = await startTestServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

async function fillAccount(page: Page, name: string, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("Name").fill(name);
  const field = page.getByLabel("E-mail");
  if (await field.isEditable()) await field.fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
}

test("the first person makes the owner's account, invites a second, and both govern their sign-ins", async ({
  page,
  browser,
  baseURL,
  server,
  shoot,
}) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Create the first account" })).toBeVisible();
  await expectAccessible(page);
  await shoot("first-account");

  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Enter your name.")).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await fillAccount(page, "Ada Lovelace", "ada@example.com", "short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Use at least 10 characters; a short sentence is good.")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue("ada@example.com");
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await shoot("first-account-errors");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/o/default");
  // Nobody stands in front of this server: what it tells its operator about proxies would be false.
  expect(server.output()).not.toContain("TRUSTED_PROXIES");

  await page.goto("/o/default/settings");
  await expect(page.getByText("ada@example.com")).toBeVisible();
  await page.getByLabel("E-mail").fill("grace@example.com");
  await page.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByLabel("Invitation link").inputValue();
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invitations\/[\w-]{43}$/);
  await expectAccessible(page);
  await shoot("settings-members");

  const guest = await browser.newContext({ baseURL });
  const guestPage = withStreamedPages(await guest.newPage());
  await guestPage.goto(link);
  await expect(guestPage.getByRole("heading", { name: "Join Default" })).toBeVisible();
  await fillAccount(guestPage, "Grace Hopper", "grace@example.com");
  await guestPage.getByRole("button", { name: "Create account and join" }).click();
  await guestPage.waitForURL("**/o/default");
  await guestPage.goto(link);
  await expect(guestPage.getByText("This invitation is no longer open")).toBeVisible();
  await guestPage.goto("/o/default/settings/members");
  await expect(guestPage.getByText("ada@example.com")).toBeVisible();
  await expect(guestPage.getByText("Invite somebody")).toBeHidden();

  await page.reload();
  await page.getByRole("button", { name: "Leave the organization" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
  await expect(page.getByText("The last owner stays. Make somebody else an owner first.")).toBeVisible();
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByRole("button", { name: "Remove Grace Hopper" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove Grace Hopper" }).click();
  await expect(page.getByText("grace@example.com")).toBeHidden();
  await guestPage.reload();
  await expect(guestPage.getByText("ada@example.com")).toBeHidden();
  await guestPage.goto("/");
  await expect(guestPage.getByRole("heading", { name: "You belong to no organization" })).toBeVisible();
  await guest.close();
});
