import { type Browser, expect, type Page } from "@playwright/test";
import { answered, ask, turns } from "./support/conversation.ts";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { callApi, pausingAgent } from "./support/pausing-agent.ts";
import { signIn } from "./support/sign-in.ts";
import { withStreamedPages } from "./support/with-streamed-pages.ts";

/** The owner's second browser. */
async function again(page: Page, browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ baseURL, storageState: await page.context().storageState() });
  return withStreamedPages(await context.newPage());
}

/** Somebody else in a browser of their own, a member by the owner's invitation. */
async function joinAs(
  page: Page,
  browser: Browser,
  baseURL: string | undefined,
  name: string,
): Promise<Page> {
  await page.goto("/o/default/settings/members");
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByLabel("Invitation link").inputValue();
  const context = await browser.newContext({ baseURL });
  const other = withStreamedPages(await context.newPage());
  await other.goto(link);
  await other.getByLabel("Name").fill(name);
  const field = other.getByLabel("E-mail");
  if (await field.isEditable()) await field.fill(email);
  await other.getByLabel("Password", { exact: true }).fill("a gate of old oak");
  await other.getByRole("button", { name: "Create account and join" }).click();
  await other.waitForURL("**/o/default");
  return other;
}

test("what a member asks for is approved by the owner in the inbox, and the member's chat goes on by itself", async ({
  page,
  browser,
  baseURL,
  shoot,
}, { project }) => {
  const agent = `approving-${project.name}`;
  await signIn(page);
  await page.goto("/o/default/approvals");
  await expect(page.getByText("Nothing waits")).toBeVisible();
  await expectAccessible(page);
  await shoot("approvals-empty");
  await pausingAgent(page, agent, {}, ["take_note"]);
  await callApi(page, "POST", "/approval-policies", {
    name: `Notes about refunds ${project.name}`,
    tool_pattern: "take_*",
    condition: 'args.text.contains("refund")',
    expires_after_seconds: 900,
  });
  const member = await joinAs(page, browser, baseURL, `Grace ${project.name}`);
  const asking = async (text: string) => {
    await member.goto(`/o/default/chat?agent=${agent}`);
    await ask(member, `/tool take_note {"text":"${text}"}`);
    await expect(turns(member).last().getByRole("region", { name: "Take a note?" })).toBeVisible();
  };
  await asking("refund 48213");
  await asking("refund 48213");
  await asking("refund 7");
  const card = turns(member).last().getByRole("region", { name: "Take a note?" });
  await expect(card).toContainText("Owners and admins can approve, but not who asked.");
  await expect(card.getByRole("button", { name: /^Approve/ })).toBeDisabled();
  await expect(card.getByText(/min left$/)).toBeVisible();
  await expectAccessible(member);

  await page.goto("/o/default");
  const waiting = page.getByRole("region", { name: "Waiting for a decision" });
  await expect(waiting.getByRole("link", { name: "Take a note?" })).toHaveCount(3);
  await expectAccessible(page);
  await shoot("home-waiting");
  await waiting.getByRole("link", { name: "Approvals" }).click();
  await expect(page.getByRole("link", { name: /Approvals.*3/ }).first()).toBeVisible();
  const detail = page.getByRole("article", { name: "Approval" });
  await expect(detail).toContainText("Policy “Notes about refunds");
  await expect(detail).toContainText("refund 48213");
  await expectAccessible(page);
  await shoot("approvals");
  await page.keyboard.press("j");
  await expect(page.locator("[data-approval][aria-current]")).toContainText("refund 48213");
  await page.keyboard.press("j");
  await expect(page.locator("[data-approval][aria-current]")).toContainText("refund 7");
  await page.keyboard.press("k");
  await expect(page.locator("[data-approval][aria-current]")).toContainText("refund 48213");

  // Two that are alike are rejected together, by the keyboard.
  await page.getByRole("checkbox", { name: /with the same arguments/ }).check();
  await page.getByRole("heading", { name: "Take a note?" }).click();
  await page.keyboard.press("r");
  await page.getByLabel("Reason").fill("Known already");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-approval]")).toHaveCount(1);
  await expect(detail).toContainText("refund 7");
  // A key decides only about what has been on the screen for a moment.
  await expect(async () => {
    await page.keyboard.press("a");
    await expect(page.getByText("Nothing waits")).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 10_000 });

  // Nobody touched the member's page.
  const last = await answered(member);
  await expect(last).toContainText(/owner approved/i);
  await expect(page.getByRole("link", { name: /Approvals.*\d waiting/ })).toHaveCount(0);

  await page.getByRole("link", { name: /^Settled/ }).click();
  await expect(page.locator("[data-approval]")).toHaveCount(3);
  await expectAccessible(page);
  await shoot("approvals-settled");
  await page.getByRole("link", { name: "Open the run" }).click();
  await page.waitForURL("**/sessions/**");
  // The run's timeline says how long it waited, and who decided what.
  const timeline = page.getByRole("list", { name: "Timeline" });
  await expect(timeline).toContainText(/waited .* for a person/);
  await expect(timeline).toContainText(/You (approved|rejected)/);
  await expectAccessible(page);
  await shoot("run-paused");
  await member.context().close();
});

test("on a phone the inbox is a list and then a page, and the badge says how many wait", async ({
  page,
  shoot,
}, { project }) => {
  const agent = `phone-${project.name}`;
  await signIn(page);
  await pausingAgent(page, agent, { take_note: { approval_type: "required" } });
  await page.goto(`/o/default/chat?agent=${agent}`);
  await ask(page, '/tool take_note {"text":"from the train"}');
  await expect(turns(page).last().getByRole("region", { name: "Take a note?" })).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/o/default/approvals?agent=${agent}`);
  await expect(page.getByRole("article", { name: "Approval" })).toBeHidden();
  await page.locator("[data-approval]").first().click();
  await expect(page.getByText("1 of 1")).toBeVisible();
  await expectAccessible(page);
  await shoot("approval-detail");
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("text").fill("from the platform");
  await page.getByRole("button", { name: /^Keep edits/ }).click();
  await page.getByRole("button", { name: "Approve with 1 edit" }).click();
  // While the next page comes in, the last one stands beside it for a moment.
  await expect(page.getByText("No approval fits.").filter({ visible: true }).first()).toBeVisible();
});

test("two people approve: the first one's yes is told, and who comes too late is told who was faster", async ({
  page,
  browser,
  baseURL,
  shoot,
}, { project }) => {
  const agent = `two-people-${project.name}`;
  await signIn(page);
  await pausingAgent(page, agent, { take_note: { requires_confirmation: true } }, [
    "take_note",
    "set_session_state",
  ]);
  await callApi(page, "POST", "/approval-policies", {
    name: `Two for states ${project.name}`,
    tool_pattern: "set_session_state",
    approvals_required: 2,
    requester_may_decide: true,
  });
  await page.goto(`/o/default/chat?agent=${agent}`);
  await ask(page, '/tool set_session_state {"key":"city","value":"Oslo"}');
  const card = turns(page)
    .last()
    .getByRole("region", { name: /session state/i });
  await expect(card).toContainText("0 of 2 approved");
  await card.getByRole("button", { name: /^Approve/ }).click();
  await expect(card).toContainText("1 of 2 approved: you.");
  await expect(card).toContainText("You have approved this. It takes a second person.");
  await expectAccessible(page);
  await shoot("chat-two-people");
  await page.getByRole("button", { name: "Cancel run" }).click();
  await expect(turns(page).last()).toContainText("Stopped here.");

  await page.goto(`/o/default/chat?agent=${agent}`);
  await ask(page, '/tool take_note {"text":"once"}');
  const note = turns(page).last().getByRole("region", { name: "Take a note?" });
  await expect(note).toBeVisible();
  const other = await again(page, browser, baseURL);
  // This one hears nothing of what happens elsewhere.
  await other.route("**/resume", (route) => route.abort());
  await other.goto(page.url());
  const late = turns(other).last().getByRole("region", { name: "Take a note?" });
  await expect(late).toBeVisible();
  await note.getByRole("button", { name: /^Approve/ }).click();
  await answered(page);
  await late.getByRole("button", { name: /^Approve/ }).click();
  await expect(turns(other).last()).toContainText("You approved");
  await expect(late).toBeHidden();
  await other.context().close();
});

test("an approval that is decided elsewhere stays on the screen and says so", async ({ page }, {
  project,
}) => {
  const agent = `elsewhere-${project.name}`;
  await signIn(page);
  await pausingAgent(page, agent, { take_note: { approval_type: "required" } });
  for (const text of ["first", "second"]) {
    await page.goto(`/o/default/chat?agent=${agent}`);
    await ask(page, `/tool take_note {"text":"${text}"}`);
    await expect(turns(page).last().getByRole("region", { name: "Take a note?" })).toBeVisible();
  }
  await page.goto(`/o/default/approvals?agent=${agent}`);
  const detail = page.getByRole("article", { name: "Approval" });
  await expect(detail.getByRole("button", { name: /^Approve/ })).toBeEnabled();
  await expect(page).toHaveURL(/id=/);
  const id = new URL(page.url()).searchParams.get("id") ?? "";
  await callApi(page, "POST", `/approvals/${id}/resolve`, { status: "rejected" });
  await expect(detail).toContainText("You rejected", { timeout: 20_000 });
  await expect(detail.getByRole("button", { name: /^Approve/ })).toBeHidden();
  await page.locator("[data-approval]").last().click();
  await page.keyboard.press("a");
  // While the next page comes in, the last one stands beside it for a moment.
  await expect(page.getByText("No approval fits.").filter({ visible: true }).first()).toBeVisible();
});
