import { expect } from "@playwright/test";
import type { Budget } from "#lib/core/budget.ts";
import { ask, turns } from "./support/conversation.ts";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { pausingAgent } from "./support/pausing-agent.ts";
import { signIn } from "./support/sign-in.ts";

// The demo model pretends to cost something, so that there is something to budget.
test.use({ serverEnv: { SCRIPTED_USD_PER_MILLION_TOKENS: "5" } });

test("a budget is made in a form, a run waits before it would exceed it, an admin grants more, and the run completes", async ({
  page,
  shoot,
}, { project }) => {
  const agent = `paid-${project.name}`;
  const name = `Desk ${project.name}`;
  await signIn(page);
  await pausingAgent(page, agent, {});
  await page.goto("/o/default/settings/budgets");
  await expect(page.getByText("No budgets yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "New budget" }).click();
  await expect(page.getByRole("heading", { name: "New budget" })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Fill this in.")).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Limit").fill("0.01");
  await page.getByLabel("Counts").click();
  await page.getByRole("option", { name: "The runs of one agent" }).click();
  await page.getByLabel("Agent", { exact: true }).click();
  await page.getByRole("option", { name: `Billing desk ${agent}` }).click();
  await page.getByLabel("Period").click();
  await page.getByRole("option", { name: /A day/ }).click();
  await expectAccessible(page);
  await shoot("budget-form");
  await page.getByRole("button", { name: /^Create budget/ }).click();
  await page.waitForURL("**/settings/budgets");
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText(`$0.010 a day for all runs of Billing desk ${agent}`);
  await expect(row).toContainText("$0.00 of $0.010 spent");

  await page.goto(`/o/default/chat?agent=${agent}`);
  await ask(page, "What can you do?");
  const card = turns(page)
    .last()
    .getByRole("region", { name: /^This run needs \$0\.\d+ more/ });
  await expect(card).toBeVisible();
  await expect(card).toContainText(`“${name}” allows $0.010 a day, of which $0.00 is spent`);
  await expectAccessible(page);
  await shoot("chat-budget");

  await page.goto("/o/default/approvals");
  const approval = page.getByRole("article", { name: "Approval" });
  await expect(approval.getByRole("heading", { name: /^This run needs/ })).toBeVisible();
  await expectAccessible(page);
  await shoot("approval-budget");
  const amount = approval.getByRole("textbox", { name: "Grant" });
  await amount.fill("0.000001");
  await approval.getByRole("button", { name: "Grant" }).click();
  await expect(approval.getByText(/^From 0\.\d+ to 1,000,000 US dollars/)).toBeVisible();
  await amount.fill("0.25");
  await approval.getByRole("button", { name: "Grant" }).click();
  await expect(page.getByText("Nothing waits")).toBeVisible();

  await page.goto("/o/default/sessions");
  await page
    .getByRole("link", { name: /What can you do/ })
    .first()
    .click();
  await expect(page.getByText("You granted $0.250").first()).toBeVisible({ timeout: 30_000 });

  await page.goto("/o/default/settings/budgets");
  await expect(row).toContainText("of $0.260 ($0.250 granted) spent");
  await expectAccessible(page);
  await shoot("budgets");
  await row.getByRole("switch", { name: `${name} is enabled` }).click();
  await expect(row.getByRole("switch")).not.toBeChecked();
});

test("a budget that is nearly spent is told of at home, and who is refused more money is told so", async ({
  page,
  shoot,
}, { project }) => {
  const agent = `tight-${project.name}`;
  const name = `Tight ${project.name}`;
  await signIn(page);
  await pausingAgent(page, agent, {});
  await page.goto("/o/default/settings/budgets/new");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Limit").fill("1");
  await page.getByRole("button", { name: /^Create budget/ }).click();
  await page.waitForURL("**/settings/budgets");
  await page.goto(`/o/default/chat?agent=${agent}`);
  await ask(page, "What can you do?");
  await expect(
    turns(page)
      .last()
      .getByText(/tokens/),
  ).toBeVisible({ timeout: 30_000 });

  // The limit comes down to a little more than what was spent.
  const headers = { "x-gatehouse-organization": "default", origin: new URL(page.url()).origin };
  const budgets = (await (await page.request.get("/api/budgets", { headers })).json()) as Budget[];
  const spentUsd = budgets.find((one) => one.name === name)?.usage?.spent_usd ?? 0;
  await page.goto("/o/default/settings/budgets");
  const row = page.getByRole("listitem").filter({ hasText: name });
  await row.getByRole("link", { name }).click();
  await page.getByLabel("Limit").fill((spentUsd * 1.1).toFixed(6));
  await page.getByRole("button", { name: /^Save budget/ }).click();
  await page.waitForURL("**/settings/budgets");
  await expect(page.getByRole("complementary", { name: "Budgets nearly spent" })).toContainText(name);
  await shoot("budgets-warned");
  await page.goto("/o/default");
  await expect(page.getByRole("complementary", { name: "Budgets nearly spent" })).toContainText(name);
  await expectAccessible(page);
  await shoot("home-budgets");

  await page.goto(`/o/default/chat?agent=${agent}`);
  await ask(page, "And now?");
  const card = turns(page)
    .last()
    .getByRole("region", { name: /^This run needs/ });
  await card.getByRole("button", { name: "Refuse" }).click();
  await page.getByLabel("Reason").fill("not this month");
  await page.keyboard.press("Enter");
  await expect(turns(page).last()).toContainText(/The run was refused more money: not this month\./);
  await shoot("chat-budget-refused");
});
