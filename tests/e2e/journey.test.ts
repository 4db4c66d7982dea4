import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "@playwright/test";
import { startTestServer } from "#tests/support/start-server.ts";
import { answered, ask, turns } from "./support/conversation.ts";
import { owner, test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { signIn } from "./support/sign-in.ts";

test("a newcomer's way: an agent by form, a question that needs a tool, the answer as it streams", async ({
  page,
  shoot,
}, { project }) => {
  const name = `Counting desk ${project.name}`;
  await signIn(page);
  await page.goto("/o/default/agents/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Instructions").fill("Calculate with the calculator and say what came out.");
  await page.getByRole("checkbox", { name: /Calculator/ }).check();
  await page.getByRole("button", { name: "Save and chat" }).click();
  await page.waitForURL("**/chat?agent=*");
  await expectAccessible(page);
  await shoot("chat-empty");

  await ask(page, "What is 17 * 23 + 4?");
  const first = await answered(page);
  await expect(first.getByText("Thought", { exact: true }).first()).toBeVisible();
  await first.getByRole("button", { name: /^calculator/ }).click();
  await expect(first.getByRole("region", { name: "Arguments" })).toContainText("17 * 23 + 4");
  await expect(first.getByRole("region", { name: "Result" })).toContainText("395");
  await expect(page).toHaveURL(/session=/);
  await expectAccessible(page);
  await shoot("chat", { docs: "chat.png" });

  await ask(page, "/markdown");
  await expect(
    (await answered(page)).getByRole("button", { name: "Copy", exact: true }).first(),
  ).toBeVisible();
  await expectAccessible(page);
  await shoot("chat-markdown");

  await page.goto("/o/default/sessions");
  await page.getByRole("link", { name: "What is 17 * 23 + 4?" }).first().click();
  await expect(page.getByRole("heading", { name: "What is 17 * 23 + 4?" }).first()).toBeVisible();
});

test("a long answer survives a reload in its middle, and stops on demand with its text kept", async ({
  page,
}) => {
  await signIn(page);
  await page.goto("/o/default/chat?agent=assistant");
  await ask(page, "/long 400");
  await expect(turns(page).last()).toContainText(/\w+ \w+ \w+ \w+ \w+ \w+ \w+ \w+/);
  await expect(page).toHaveURL(/session=/);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Stop/ })).toBeVisible();
  await answered(page);
  const sessionId = new URL(page.url()).searchParams.get("session") ?? "";
  const runs = await page.request.get(`/api/agents/assistant/runs?session_id=${sessionId}`, {
    headers: { "x-gatehouse-organization": "default" },
  });
  const [run] = (await runs.json()) as { content: string; status: string }[];
  expect(run?.status).toBe("COMPLETED");
  const words = (text: string) =>
    text
      .replaceAll(/[#*`|>-]/g, " ")
      .split(/\s+/)
      .filter((word) => word !== "");
  const shown = words(await turns(page).last().innerText()).join(" ");
  expect(shown).toContain(
    words(run?.content ?? "")
      .slice(-40)
      .join(" "),
  );

  await ask(page, "/long 2000");
  const second = turns(page).last();
  await expect(second).toContainText(/\w+ \w+ \w+ \w+ \w+ \w+ \w+ \w+/);
  await page.keyboard.press("Escape");
  await expect(second.getByText("Stopped here.")).toBeVisible();
});

test("an open page comes back by itself after kill -9 and a restart, and the run goes on to its end", async ({
  page,
  shoot,
}) => {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-journey-"));
  const env = { GATEHOUSE_OWNER_EMAIL: owner.email, GATEHOUSE_OWNER_PASSWORD: owner.password };
  const first = await startTestServer({ dataDirectory, env });
  await page.goto(`${first.url}/sign-in`);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/o/default");
  await page.goto(`${first.url}/o/default/chat?agent=assistant`);
  await ask(page, "/long 600");
  await expect(turns(page).last()).toContainText(/\w+ \w+ \w+ \w+ \w+ \w+ \w+ \w+/);
  await first.kill();
  await expect(page.getByText("Connection lost. The run goes on. Reconnecting…")).toBeVisible();
  const second = await startTestServer({ dataDirectory, env: { ...env, PORT: new URL(first.url).port } });
  try {
    const mark = turns(page).last().getByText("Went on after a restart");
    await expect(mark).toBeVisible({ timeout: 30_000 });
    await expect(await answered(page)).not.toContainText("The run failed");
    await expectAccessible(page);
    await shoot("chat-after-restart");
    await page.reload();
    await expect(mark).toBeVisible();
    await ask(page, "What is 6 * 7?");
    await expect(await answered(page)).toContainText("42");

    const sessionId = new URL(page.url()).searchParams.get("session") ?? "";
    await page.goto(`${first.url}/o/default/sessions/${sessionId}`);
    await page.getByRole("link", { name: /long 600/ }).click();
    const row = page.getByRole("list", { name: "Timeline" }).getByText("Went on after a restart");
    await expect(row).toBeVisible();
    await expect(page.getByText(/characters are written anew/)).toBeVisible();
    await expectAccessible(page);
    await shoot("timeline-after-restart");
  } finally {
    await second.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});
