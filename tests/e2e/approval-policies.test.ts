import { expect } from "@playwright/test";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { signIn } from "./support/sign-in.ts";

test("an approval policy is made in a form, refused at the field, edited, switched off and deleted", async ({
  page,
  shoot,
}, { project }) => {
  const name = `Refunds above 25 ${project.name}`;
  await signIn(page);
  await page.goto("/o/default/settings/approval-policies");
  await expect(page.getByText("No approval policies yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "New policy" }).click();
  await expect(page.getByRole("heading", { name: "New approval policy" })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Fill this in.").first()).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Tool", { exact: true }).fill("send_*");
  await page.getByLabel("Condition").fill("args.amount >");
  await page.getByLabel("Time to decide", { exact: true }).fill("2");
  await page.getByRole("button", { name: /^Create policy/ }).click();
  await expect(page.getByText(/This is no condition in CEL/)).toBeVisible();
  await expect(page.getByLabel("Condition")).toBeFocused();
  await expectAccessible(page);
  await shoot("approval-policy-form");
  await page.getByLabel("Condition").fill("args.amount > 25");
  await page.getByRole("checkbox", { name: "Owners" }).check();
  await page.getByRole("switch", { name: "Two people approve" }).click();
  await page.getByRole("button", { name: /^Create policy/ }).click();
  await page.waitForURL("**/settings/approval-policies");
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("Two of owners, not who asked. After 2 days it is denied.");
  await expectAccessible(page);
  await shoot("approval-policies");

  const enabled = row.getByRole("switch", { name: `${name} is enabled` });
  await enabled.click();
  await expect(enabled).not.toBeChecked();
  await row.getByRole("link", { name }).click();
  await expect(page.getByLabel("Condition")).toHaveValue("args.amount > 25");
  await page.getByRole("switch", { name: "Who asked may approve" }).click();
  await page.getByRole("button", { name: /^Save policy/ }).click();
  await page.waitForURL("**/settings/approval-policies");
  await expect(row).toContainText("Two of owners. After 2 days it is denied.");

  await row.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Delete policy" }).click();
  await page.getByRole("button", { name: `Delete ${name}` }).click();
  await page.waitForURL("**/settings/approval-policies");
  await expect(page.getByText("No approval policies yet")).toBeVisible();
});
