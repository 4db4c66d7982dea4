import { expect, type Page } from "@playwright/test";
import { test } from "./support/e2e-test.ts";
import { signIn } from "./support/sign-in.ts";

/** Comes to the form for a new agent by links, so that the tab has a history. */
async function comeToForm(page: Page): Promise<void> {
  await signIn(page);
  const pages = page.getByRole("navigation", { name: "Pages" });
  await pages.getByRole("link", { name: "Models" }).click();
  await page.waitForURL("**/models");
  await pages.getByRole("link", { name: "Agents" }).click();
  await page.waitForURL("**/agents");
  await page.getByRole("link", { name: "New agent" }).click();
  await page.waitForURL("**/agents/new");
}

const name = (page: Page) => page.getByLabel("Name", { exact: true });
const question = (page: Page) => page.getByRole("alertdialog", { name: "Leave without saving?" });
const heading = (page: Page) => page.getByRole("heading", { level: 1 });

for (const browser of ["that tells its place in history", "that does not"]) {
  test(`Back and Forward ask before unsaved changes are lost, in a browser ${browser}`, async ({ page }) => {
    if (browser === "that does not") {
      await page.addInitScript(() => Object.defineProperty(window, "navigation", { value: undefined }));
    }
    await comeToForm(page);
    // Nothing is typed: nothing is asked.
    await page.goBack();
    await page.waitForURL("**/agents");
    await page.goForward();
    await page.waitForURL("**/agents/new");

    await name(page).fill("Half an agent");
    await page.goBack();
    await expect(question(page)).toBeVisible();
    await expect(page).toHaveURL(/\/agents\/new$/);
    await page.getByRole("button", { name: "Stay" }).click();
    await expect(name(page)).toHaveValue("Half an agent");

    await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Tools" }).click();
    await expect(page).toHaveURL(/\/agents\/new#tools$/);
    await page.goBack();
    await expect(page).toHaveURL(/\/agents\/new$/);
    await expect(question(page)).toBeHidden();

    await page.goBack();
    await page.getByRole("button", { name: "Leave" }).click();
    await page.waitForURL("**/agents");
    await expect(heading(page)).toHaveText("Agents");
    await page.goBack();
    await page.waitForURL("**/models");
    await expect(heading(page)).toHaveText("Models");
  });
}

test("Forward asks, too, and a saved form lets Back through", async ({ page }, { project }) => {
  await comeToForm(page);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Sessions" }).click();
  await page.waitForURL("**/sessions");
  await page.goBack();
  await page.waitForURL("**/agents/new");
  await name(page).fill("Back and forth");
  await page.goForward();
  await expect(question(page)).toBeVisible();
  await page.getByRole("button", { name: "Leave" }).click();
  await page.waitForURL("**/sessions");
  await expect(heading(page)).toHaveText("Sessions");

  await page.goBack();
  await page.waitForURL("**/agents/new");
  await name(page).fill(`Back and forth ${project.name}`);
  await page.getByRole("button", { name: /^Create agent/ }).click();
  await page.waitForURL(`**/agents/back-and-forth-${project.name}`);
  await page.goBack();
  await page.waitForURL("**/agents/new");
  await expect(question(page)).toBeHidden();
});
