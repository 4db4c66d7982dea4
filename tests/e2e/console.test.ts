import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { runAgent } from "./support/run-agent.ts";
import { signIn } from "./support/sign-in.ts";

/** Opens the palette; the first press may come before the page is live. */
async function openPalette(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog", { name: "Search or jump to" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

test("home says what to do next and counts what was run", async ({ page, shoot }) => {
  await signIn(page);
  await runAgent(page, "assistant", "What is 2 + 2?", randomUUID());
  await page.goto("/o/default");
  await expect(page.getByRole("link", { name: /Connect a model/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /runs in the last 24 hours/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "What is 2 + 2?" }).first()).toBeVisible();
  await page.getByText("Call it from your program").click();
  await expect(page.getByText("npm run --silent token")).toBeVisible();
  await expectAccessible(page);
  await shoot("home");
});

test("the keyboard goes everywhere: palette, pairs of keys, the sheet of keys", async ({ page, shoot }) => {
  await signIn(page);
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await page.waitForURL("**/o/default/agents");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard" });
  await expect(sheet).toContainText("Find an agent");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();

  await openPalette(page);
  const palette = page.getByRole("dialog", { name: "Search or jump to" });
  await expect(palette.getByRole("option", { name: /Web reader/ })).toBeVisible();
  await shoot("palette");
  await page.keyboard.type("web rea");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/agents/web-reader");

  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the page" });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
});

test("the theme that one picks stays over a reload, without a flash of the other", async ({ page }) => {
  await signIn(page);
  const html = page.locator("html");
  for (const theme of ["dark", "light"]) {
    await openPalette(page);
    await page.keyboard.type(`${theme} theme`);
    await page.keyboard.press("Enter");
    await expect(html).toHaveAttribute("data-theme", theme);
    await page.reload({ waitUntil: "commit" });
    await page.locator("body").waitFor({ state: "attached" });
    await expect(html).toHaveAttribute("data-theme", theme, { timeout: 1_000 });
  }
});

test("a tab has a name, also where the framework has left it without", async ({ page }) => {
  await signIn(page);
  await page.goto("/o/default/sessions");
  await expect(page).toHaveTitle("Sessions · Gatehouse");
  // As it is after some navigations: the old title is taken away, and no new one comes.
  await page.evaluate(() => document.querySelector("title")?.remove());
  await expect(page).toHaveTitle("Sessions · Gatehouse");
  await expect(page.locator("title")).toHaveCount(1);
});

test("on a phone the tab bar leads to four pages and More to the rest", async ({ page, shoot }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page);
  const bar = page.getByRole("navigation", { name: "Pages" });
  await bar.getByRole("link", { name: "Sessions" }).click();
  await page.waitForURL("**/sessions");
  await bar.getByRole("button", { name: "More" }).click();
  const more = page.getByRole("dialog", { name: "More" });
  await expect(more).toContainText("Owner of Default");
  await expectAccessible(page);
  await shoot("more");
  await more.getByRole("link", { name: "Models" }).click();
  await page.waitForURL("**/models");
  await expect(more).toBeHidden();
});

test("an owner says how long runs are kept, and takes it back", async ({ page, shoot }) => {
  await signIn(page);
  await page.goto("/o/default/settings/storage");
  const days = page.getByLabel("Delete ended runs after this many days");
  await days.fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("One day is the least.")).toBeVisible();
  await days.fill("90");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expectAccessible(page);
  await shoot("settings-storage");
  await page.reload();
  await expect(days).toHaveValue("90");
  await days.fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(days).toHaveValue("");
});
