import { expect } from "@playwright/test";
import { answered, ask, turns } from "./support/conversation.ts";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { signIn } from "./support/sign-in.ts";

test("an agent that thinks by a tool, and whose answer another model writes: set in the form, seen in chat and in the timeline", async ({
  page,
  shoot,
}, { project }) => {
  const id = `thinker-${project.name}`;
  await signIn(page);
  await page.goto("/o/default/agents/new");
  await page.getByLabel("Name", { exact: true }).fill(`Thinker ${project.name}`);
  await page.getByRole("checkbox", { name: /^Think/ }).check();
  const around = page.getByRole("group", { name: "Around each call of a tool" });
  await around.getByRole("checkbox", { name: /^Mask secrets/ }).check();
  await page.getByLabel("Dependencies", { exact: true }).fill("[1]");
  await page.getByRole("switch", { name: "Tell the dependencies" }).click();
  await page.getByRole("switch", { name: "Tell its place" }).click();
  await page.getByLabel("Place", { exact: true }).fill("Bergen");
  await page.getByRole("switch", { name: "Change the session's state" }).click();
  await page.getByRole("switch", { name: "Read past sessions" }).click();
  await page.getByLabel("Sessions to list").fill("0");
  await page.getByRole("button", { name: "Add a message" }).click();
  await page.getByLabel("Example 1", { exact: true }).fill("Is it raining?");
  await page.getByRole("combobox", { name: "Who writes the answer" }).click();
  await page.getByRole("option", { name: "demo-1" }).click();
  await page.getByRole("button", { name: /^Create agent/ }).click();
  await expect(page.getByLabel("Dependencies", { exact: true })).toBeFocused();
  await page.getByLabel("Dependencies", { exact: true }).fill('{"unit": "km"}');
  await page.getByRole("button", { name: /^Create agent/ }).click();
  await expect(page.getByText("At least 1.")).toBeVisible();
  await page.getByLabel("Sessions to list").fill("5");
  await expectAccessible(page);
  await around.scrollIntoViewIfNeeded();
  await shoot("agent-form-tool-world");
  await page.getByLabel("Place", { exact: true }).scrollIntoViewIfNeeded();
  await shoot("agent-form-recall");
  await page.getByRole("button", { name: /^Create agent/ }).click();
  await page.waitForURL(`**/agents/${id}`);
  await expect(page.getByText("mask_secrets")).toBeVisible();
  await page.goto(`/o/default/agents/${id}/edit`);
  await expect(around.getByRole("checkbox", { name: /^Mask secrets/ })).toBeChecked();
  await expect(page.getByLabel("Dependencies", { exact: true })).toHaveValue(/"unit": "km"/);
  await expect(page.getByLabel("Sessions to list")).toHaveValue("5");
  await expect(page.getByLabel("Example 1", { exact: true })).toHaveValue("Is it raining?");
  await expect(page.getByRole("combobox", { name: "Who writes the answer" })).toHaveText("demo-1");

  await page.goto(`/o/default/chat?agent=${id}`);
  const thought = { title: "Which way is north", thought: "The sun is in the south at noon." };
  await ask(page, `/tool think ${JSON.stringify(thought)}`);
  const turn = await answered(page);
  await expect(turn.getByText("Which way is north").first()).toBeVisible();
  await expectAccessible(page);
  await shoot("chat-thought");
  const words = await turn.innerText();
  await page.reload();
  await expect(turns(page)).toHaveCount(1);
  await answered(page);
  expect(await turns(page).last().innerText()).toBe(words);

  await page.getByRole("link", { name: "Details" }).click();
  const timeline = page.getByRole("list", { name: "Timeline" });
  await expect(timeline.getByText("Answer written", { exact: false }).first()).toBeVisible();
  await expectAccessible(page);
  await shoot("timeline-thought");
});
