import { expect } from "@playwright/test";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { signIn } from "./support/sign-in.ts";

test("an agent is made in a form, refused at the field, edited, and deleted with a question", async ({
  page,
  shoot,
}, { project }) => {
  // Both themes run against servers of their own or one after the other on the same: the name tells them apart.
  const name = `Support triage ${project.name}`;
  const id = `support-triage-${project.name}`;
  await signIn(page);
  await page.goto("/o/default/agents");
  await expect(page.getByRole("row", { name: /Assistant/ })).toContainText("In code");
  await expectAccessible(page);
  await shoot("agents");

  await page.getByRole("link", { name: "New agent" }).click();
  await expect(page.getByRole("heading", { name: "New agent" })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Fill this in.").first()).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await expect(page.getByLabel("Id", { exact: true })).toHaveValue(id);
  await page.getByLabel("Description").fill("Sorts new threads.");
  await page.getByLabel("Instructions").fill("Sort each new thread. Calculate with the calculator.");
  await page.getByRole("checkbox", { name: /Calculator/ }).check();
  await page.getByRole("combobox", { name: "Calculator waits for" }).click();
  await page.getByRole("option", { name: "Waits for a yes" }).click();
  await page.locator("summary", { hasText: "Advanced" }).click();
  await page.getByLabel("Temperature").fill("3");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("At most 2.")).toBeVisible();
  await expect(page.getByLabel("Temperature")).toBeFocused();
  await expectAccessible(page);
  await shoot("agent-form");

  await page.getByRole("link", { name: "Agents", exact: true }).first().click();
  await expect(page.getByRole("alertdialog", { name: "Leave without saving?" })).toBeVisible();
  await page.getByRole("button", { name: "Stay" }).click();
  await page.getByLabel("Temperature").fill("0.2");
  await page.getByRole("button", { name: /^Create agent/ }).click();
  await page.waitForURL(`**/agents/${id}`);
  await expect(page.getByText("Version 1")).toBeVisible();
  await expect(page.getByText("calculator", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await shoot("agent");

  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page.getByLabel("Id", { exact: true })).not.toBeEditable();
  await expect(page.getByRole("combobox", { name: "Calculator waits for" })).toHaveText("Waits for a yes");
  await page.getByLabel("Description").fill("Sorts new threads into four.");
  await page.getByRole("button", { name: /^Save agent/ }).click();
  await page.waitForURL(`**/agents/${id}`);
  await expect(page.getByText("Version 2")).toBeVisible();
  await expect(page.getByText("Sorts new threads into four.")).toBeVisible();

  await page.goto("/o/default/agents/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: /^Create agent/ }).click();
  await expect(page.getByText(`There is a component with the id '${id}' already`)).toBeVisible();
  await expect(page.getByLabel("Id", { exact: true })).toBeFocused();
  await page.getByRole("link", { name: "Agents", exact: true }).first().click();
  await page.getByRole("button", { name: "Leave" }).click();
  await page.waitForURL("**/agents");

  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete agent" }).click();
  const question = page.getByRole("alertdialog", { name: `Delete ${name}?` });
  await expect(question).toContainText("It has no sessions.");
  await expect(question.getByRole("button", { name: "Keep" })).toBeFocused();
  await question.getByRole("button", { name: `Delete ${name}` }).click();
  await page.waitForURL("**/agents");
  await expect(page.getByRole("link", { name })).toBeHidden();
});

test("an agent in code is read-only and can be copied", async ({ page }) => {
  await signIn(page);
  await page.goto("/o/default/agents/assistant");
  await expect(page.getByText("Defined in code under agents/.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Edit" })).toBeHidden();
  await page.getByRole("link", { name: "Make a copy" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Assistant copy");
  await expect(page.getByRole("checkbox", { name: /Calculator/ })).toBeChecked();
  await page.goto("/o/default/agents/assistant/edit");
  await page.waitForURL("**/agents/assistant");
});
