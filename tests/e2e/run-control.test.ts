import { expect, type Page } from "@playwright/test";
import { answered, ask, turns } from "./support/conversation.ts";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { pausingAgent } from "./support/pausing-agent.ts";
import { signIn } from "./support/sign-in.ts";

/** Opens a fresh conversation with a calculator. */
async function openChat(page: Page, agentId: string): Promise<void> {
  await signIn(page);
  await pausingAgent(page, agentId, {}, ["calculator"]);
  await page.goto(`/o/default/chat?agent=${agentId}`);
}

test("an answer is given anew, with a wish, by the keyboard; the one before it stays within reach", async ({
  page,
  shoot,
}, { project }) => {
  await openChat(page, `anew-${project.name}`);
  await ask(page, "What is 17 * 23?");
  const turn = await answered(page);
  await expect(turn).toContainText("391");
  await turn.getByRole("button", { name: "Regenerate" }).focus();
  await page.keyboard.press("Enter");
  const wish = turn.getByLabel("What should be different?");
  await expect(wish).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(wish).toBeHidden();
  await turn.getByRole("button", { name: "Regenerate" }).click();
  await wish.fill("/markdown");
  await expectAccessible(page);
  await shoot("chat-regenerate");
  await page.keyboard.press("Enter");
  await expect(turn.getByText("2/2")).toBeVisible({ timeout: 20_000 });
  await expect(turns(page)).toHaveCount(1);
  await expect(turn.getByText("/markdown")).toBeVisible();
  await expect(turn.getByRole("table")).toBeVisible();
  // What the first answer had found out is kept: the tool is not called again.
  await expect(turn.getByRole("button", { name: /calculator/ })).toHaveCount(1);
  await expectAccessible(page);
  await shoot("chat-regenerated");
  await turn.getByRole("button", { name: "Earlier version" }).click();
  await expect(turn.getByText("1/2")).toBeVisible();
  await expect(turn.getByRole("table")).toBeHidden();
  await expect(turn).toContainText("391");
  await page.reload();
  await expect(turn.getByText("2/2")).toBeVisible();
  await expect(turn.getByRole("table")).toBeVisible();
});

test("a new answer that fails leaves the old one standing, and says so", async ({ page, shoot }, {
  project,
}) => {
  await openChat(page, `stands-${project.name}`);
  await ask(page, "What is 6 * 7?");
  const turn = await answered(page);
  await turn.getByRole("button", { name: "Regenerate" }).click();
  await turn.getByLabel("What should be different?").fill("/error The line is dead.");
  await page.keyboard.press("Enter");
  await expect(turn.getByText("The answer before it still stands")).toBeVisible({ timeout: 20_000 });
  await expect(turn.getByText("The run failed")).toBeVisible();
  await expectAccessible(page);
  await shoot("chat-regenerate-failed");
  // The conversation has its answer, and its list says nothing else.
  const newest = page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem").first();
  await expect(newest).toContainText("What is 6 * 7?");
  await expect(newest.getByText("Its last run failed")).toHaveCount(0);
  await turn.getByRole("button", { name: "Earlier version" }).click();
  await expect(turn).toContainText("42");
  await page.reload();
  await expect(turn.getByText("1/2")).toBeVisible();
  await expect(turn).toContainText("42");
  await expect(turn.getByText("The run failed")).toBeHidden();
  await ask(page, "What is 2 * 2?");
  await expect(turns(page)).toHaveCount(2);
  await answered(page);
});

test("the last question is asked in other words in its place, an earlier one in a conversation of its own", async ({
  page,
  shoot,
}, { project }) => {
  await openChat(page, `edit-${project.name}`);
  await ask(page, "What is 2 * 3?");
  await answered(page);
  await ask(page, "What is 3 * 3?");
  await answered(page);
  const last = turns(page).last();
  await last.getByRole("button", { name: "Edit and resend" }).focus();
  await page.keyboard.press("Enter");
  const editor = last.getByRole("textbox", { name: "Question" });
  await expect(editor).toBeFocused();
  await editor.fill("What is 30 * 30?");
  await expectAccessible(page);
  await shoot("chat-edit");
  await page.keyboard.press("Enter");
  await expect(last).toContainText("900", { timeout: 20_000 });
  await expect(last).toContainText("What is 30 * 30?");
  await expect(turns(page)).toHaveCount(2);
  await last.getByRole("button", { name: "Earlier version" }).click();
  await expect(last).toContainText("What is 3 * 3?");

  const before = page.url();
  const first = turns(page).first();
  await first.getByRole("button", { name: "Edit and resend" }).click();
  await expect(first.getByText("Goes on in a new conversation")).toBeVisible();
  await first.getByRole("textbox", { name: "Question" }).fill("What is 5 * 5?");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url()).not.toBe(before);
  await expect(turns(page)).toHaveCount(1);
  await expect(await answered(page)).toContainText("25");
});

test("a conversation is forked behind an answer, and says where it comes from", async ({ page, shoot }, {
  project,
}) => {
  await openChat(page, `fork-${project.name}`);
  await ask(page, "What is 4 * 4?");
  await answered(page);
  await ask(page, "What is 8 * 8?");
  await answered(page);
  const origin = page.url();
  await turns(page).first().getByRole("button", { name: "Fork from here" }).click();
  await expect.poll(() => page.url()).not.toBe(origin);
  await expect(turns(page)).toHaveCount(1);
  await expect(turns(page).first()).toContainText("16");
  await expect(page.getByText("Forked from What is 4 * 4?")).toBeVisible();
  await ask(page, "What is 9 * 9?");
  await expect(await answered(page)).toContainText("81");
  await expectAccessible(page);
  await shoot("chat-forked");
  await page.getByText("Forked from").getByRole("link").click();
  await expect.poll(() => page.url()).toBe(origin);
  await expect(turns(page)).toHaveCount(2);
});

test("what was kept for later is sent after a reload, too, and a draft is still there", async ({ page }, {
  project,
}) => {
  await signIn(page);
  const id = `later-${project.name}`;
  await pausingAgent(page, id, { take_note: { requires_confirmation: true } });
  await page.goto(`/o/default/chat?agent=${id}`);
  await page.getByRole("textbox", { name: /^Message / }).fill("A draft");
  await page.reload();
  await expect(page.getByRole("textbox", { name: /^Message / })).toHaveValue("A draft");
  await ask(page, '/tool take_note {"title":"Milk","text":"Buy milk"}');
  await expect(turns(page).last().getByText("Waiting for you")).toBeVisible();
  await ask(page, "And thank you.");
  await expect(page.getByText("Kept. It is sent when the answer has ended.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Kept. It is sent when the answer has ended.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel run" }).click();
  await expect(turns(page)).toHaveCount(2);
  await expect(turns(page).last()).toContainText("And thank you.");
  await expect(page.getByRole("textbox", { name: /^Message / })).toHaveValue("");
});
