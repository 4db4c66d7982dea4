import { expect, type Page } from "@playwright/test";
import { owner, test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { withStreamedPages } from "./support/with-streamed-pages.ts";

async function signIn(page: Page, email: string, password = owner.password): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password", { exact: true }).press("Enter");
}

test("a sign-in leads back to the wanted page, can be ended from elsewhere, and a wrong password says so", async ({
  page,
  browser,
  baseURL,
  shoot,
}) => {
  await page.goto("/o/default/settings/sign-ins");
  await page.waitForURL("**/sign-in?next=*");
  await signIn(page, owner.email, "not the password");
  await expect(page.getByText("The e-mail or the password is wrong.")).toBeVisible();
  await expectAccessible(page);
  await shoot("sign-in");
  await signIn(page, owner.email);
  await page.waitForURL("**/o/default/settings/sign-ins");

  const other = await browser.newContext({ baseURL });
  const otherPage = withStreamedPages(await other.newPage());
  await otherPage.goto("/sign-in?next=//evil.test/");
  await signIn(otherPage, owner.email);
  await otherPage.waitForURL("**/o/default");

  await page.reload();
  await expectAccessible(page);
  await shoot("settings-sign-ins");
  const endOther = page.getByRole("button", { name: /^Sign out (?!everywhere)/ });
  while ((await endOther.count()) > 0) {
    const before = await endOther.count();
    await endOther.first().click();
    await expect(endOther).toHaveCount(before - 1);
  }
  await otherPage.goto("/o/default/settings/profile");
  await otherPage.waitForURL("**/sign-in?next=*");
  await other.close();

  await page.goto("/o/default/settings/profile");
  await page.getByLabel("Current password").fill("wrong");
  await page.getByLabel("New password").fill("a gate of new iron");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("That is not your current password.")).toBeVisible();
  await expectAccessible(page);
  await shoot("settings-profile");
  await page.getByLabel("Name").fill("Ada King");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await page.goto("/o/default/settings/sign-ins");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await page.waitForURL("**/sign-in");
});

test("the pages work before and without scripts", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, owner.email, "not the password");
  await expect(page.getByText("The e-mail or the password is wrong.")).toBeVisible();
  await signIn(page, owner.email);
  await page.waitForURL("**/o/default");
  await context.close();
});
