import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { runAgent } from "./support/run-agent.ts";
import { signIn } from "./support/sign-in.ts";

test("a session is found, its run is read step by step, and it is deleted with a question", async ({
  page,
  shoot,
}) => {
  const sessionId = randomUUID();
  const question = `What is 17 * 23 for ${sessionId.slice(0, 8)}?`;
  await signIn(page);
  await runAgent(page, "assistant", question, sessionId);

  await page.goto("/o/default/sessions");
  await expectAccessible(page);
  await shoot("sessions");
  await page.keyboard.press("/");
  await page.keyboard.type(sessionId.slice(0, 8));
  await page.waitForURL(`**/sessions?q=${sessionId.slice(0, 8)}`);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: question })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/sessions/${sessionId}`);

  await expect(page.getByRole("heading", { name: question })).toBeVisible();
  const timeline = page.getByRole("list", { name: "Timeline" });
  await expect(timeline).toContainText("Run started");
  await expect(timeline).toContainText("Done");
  const tool = timeline.getByText("calculator", { exact: true });
  await tool.click();
  await expect(page.getByRole("region", { name: "Arguments" })).toContainText("17 * 23");
  await expect(page.getByRole("region", { name: "Result" })).toContainText("391");
  await expectAccessible(page);
  await shoot("session");
  await page.getByRole("link", { name: /Raw events/ }).click();
  await expect(page.getByRole("list", { name: "Raw events" })).toContainText("ToolCallStarted");

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete session" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete session" }).click();
  await page.waitForURL("**/sessions");
  await page.goto(`/o/default/sessions/${sessionId}`);
  await expect(page.getByText("There is nothing here")).toBeVisible();
});

test("a filter that nothing fits says so and can be cleared", async ({ page }) => {
  await signIn(page);
  await runAgent(page, "assistant", "List my notes", randomUUID());
  await page.goto("/o/default/sessions?q=nobody-ever-asked-this");
  await expect(page.getByText("No session fits.")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});
