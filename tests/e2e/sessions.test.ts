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

test("a conversation whose agent was deleted stays readable", async ({ page }, { project }) => {
  const id = `leaver-${project.name}`;
  const sessionId = randomUUID();
  await signIn(page);
  const headers = { "x-gatehouse-organization": "default", origin: new URL(page.url()).origin };
  const config = { model: { provider: "scripted", id: "demo-1" }, tools: ["calculator"] };
  const agent = { component_id: id, name: "Leaver", component_type: "agent", stage: "published", config };
  expect((await page.request.post("/api/components", { headers, data: agent })).status()).toBe(201);
  await runAgent(page, id, "calculate 9 * 9", sessionId);
  expect((await page.request.delete(`/api/components/${id}`, { headers })).status()).toBe(204);

  await page.goto("/o/default/chat");
  const conversations = page.getByRole("navigation", { name: "Conversations" });
  await conversations.locator(`a[href*="${sessionId}"]`).click();
  await page.waitForURL(`**/sessions/${sessionId}`);
  await expect(page.getByText("Its agent was deleted or is closed to you.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open chat" })).toBeHidden();
  const answer = page.getByRole("list", { name: "Timeline" }).getByText("Answer", { exact: true });
  await answer.click();
  await expect(page.getByRole("region", { name: "Text" })).toContainText("81");
  await expectAccessible(page);
});
