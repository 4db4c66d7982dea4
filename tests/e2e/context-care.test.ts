import { expect } from "@playwright/test";
import { answered, ask, turns } from "./support/conversation.ts";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { signIn } from "./support/sign-in.ts";

// Slow enough for somebody to be faster than the suggestions.
test.use({ serverEnv: { SCRIPTED_WORD_DELAY_MS: "45" } });

test("an agent that suggests and sums up: set in the form, asked in the chat, read in the session", async ({
  page,
  shoot,
}, { project }) => {
  const name = `Harbour desk ${project.name}`;
  const id = `harbour-desk-${project.name}`;
  await signIn(page);
  await page.goto("/o/default/agents/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("switch", { name: "Shorten results of tools" }).click();
  await page.getByLabel("After so many results").fill("0");
  await page.getByRole("switch", { name: "Sum up the session" }).click();
  await expect(page.getByRole("switch", { name: "Tell the agent", exact: true })).toBeChecked();
  await page.getByRole("switch", { name: "Suggest follow-ups" }).click();
  await page.getByLabel("How many").fill("2");
  await page.getByRole("button", { name: /^Create agent/ }).click();
  await expect(page.getByText("At least 1.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("heading", { name: "Helpers" }).scrollIntoViewIfNeeded();
  await shoot("agent-form-helpers");
  await page.getByLabel("After so many results").fill("");
  await page.getByRole("button", { name: /^Create agent/ }).click();
  await page.waitForURL(`**/agents/${id}`);
  await page.goto(`/o/default/agents/${id}/edit`);
  await expect(page.getByLabel("How many")).toHaveValue("2");

  await page.goto(`/o/default/chat?agent=${id}`);
  await ask(page, "How do tides work?");
  await answered(page);
  const followups = page.getByRole("list", { name: "Follow-up questions" }).getByRole("button");
  await expect(followups).toHaveCount(2);
  await expect(followups.first()).toContainText("tides");
  await expectAccessible(page);
  await shoot("chat-followups");
  const question = (await followups.first().innerText()).trim();
  // By the keyboard, from the answer on.
  await followups.first().focus();
  await page.keyboard.press("Enter");
  await expect(turns(page)).toHaveCount(2);
  await expect(turns(page).last()).toContainText(question);
  await expect(page.getByRole("textbox", { name: /^Message / })).toBeFocused();
  await answered(page);
  await expect(followups).toHaveCount(2);
  // Whoever is faster than the suggestions need not wait for them.
  await ask(page, "/long 20");
  await page.getByRole("textbox", { name: /^Message / }).fill("And the moon?");
  await expect(turns(page).last().getByText("Suggesting follow-ups")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(turns(page)).toHaveCount(4);
  await answered(page);
  await expect(followups).toHaveCount(2);
  await page.reload();
  await expect(followups).toHaveCount(2);

  await page.getByRole("link", { name: "Details" }).click();
  await page.waitForURL("**/sessions/**");
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText("Suggested follow-ups");
  const summary = page.locator("summary", { hasText: "Summary" });
  await expect(async () => {
    await page.reload();
    await expect(summary).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await summary.click();
  await expect(page.getByRole("list", { name: "Topics" })).toContainText("tides");
  await expect(page.getByText(/^Summing up has used [\d,]+ of the session's tokens\.$/)).toBeVisible();
  await expectAccessible(page);
  await shoot("session-summary");
});
