import { expect } from "@playwright/test";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { signIn } from "./support/sign-in.ts";

test("a background run is a job: its steps, and the way to the run", async ({ page, shoot }) => {
  await signIn(page);
  await page.goto("/o/default/jobs");
  const status = await page.evaluate(async () => {
    const response = await fetch("/api/agents/assistant/runs", {
      method: "POST",
      headers: { "x-gatehouse-organization": "default" },
      body: new URLSearchParams({ message: "What is 17 * 23?", background: "true", stream: "false" }),
    });
    return response.status;
  });
  expect(status).toBe(202);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("row", { name: /Drive a run .*Done/ }).first()).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();
  await expectAccessible(page);
  await shoot("jobs");

  await page.getByRole("link", { name: "Drive a run" }).first().click();
  await expect(page.getByRole("heading", { name: "Drive a run" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Steps" })).toContainText("drive-");
  await expectAccessible(page);
  await shoot("job");
  await page.getByRole("link", { name: "Open the run" }).click();
  await expect(page.getByText("What is 17 * 23?").first()).toBeVisible();
});
