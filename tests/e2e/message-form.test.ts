import { expect } from "@playwright/test";
import { answered, turns } from "./support/conversation.ts";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { callApi } from "./support/pausing-agent.ts";
import { signIn } from "./support/sign-in.ts";

const INPUT_SCHEMA = {
  type: "object",
  properties: {
    city: { type: "string", title: "Where to", description: "A city, or the next larger one." },
    days: { type: "integer", default: 3, minimum: 1 },
    pace: { type: "string", enum: ["slow", "fast"] },
    start: { type: "string", format: "date" },
    with_children: { type: "boolean", default: false },
    tags: { type: "array", items: { type: "string" }, maxItems: 2 },
    traveller: {
      type: "object",
      properties: { name: { type: "string", maxLength: 40 }, email: { type: "string", format: "email" } },
      required: ["name"],
    },
  },
  required: ["city", "pace", "traveller"],
};

const OUTPUT_SCHEMA = {
  type: "object",
  title: "Trip",
  properties: {
    city: { type: "string" },
    days: { type: "integer", default: 3 },
    legs: { type: "array", items: { type: "string" }, description: "Where it goes" },
    booked: { type: "boolean", default: false },
  },
  required: ["city", "days", "legs", "booked"],
};

test("a message is filled into a form, is read as fields, and so is a structured answer", async ({
  page,
  shoot,
}, { project }) => {
  const id = `trips-${project.name}`;
  await signIn(page);
  await callApi(page, "POST", "/components", {
    component_type: "agent",
    component_id: id,
    name: "Trip planner",
    stage: "published",
    config: {
      model: { provider: "scripted", id: "demo-1" },
      reasoning_effort: "none",
      input_schema: INPUT_SCHEMA,
      output_schema: OUTPUT_SCHEMA,
    },
  });
  await page.goto(`/o/default/chat?agent=${id}`);
  const form = page.getByRole("form", { name: "Message Trip planner" });
  await expect(form.getByLabel("Days")).toHaveValue("3");
  await expect(form.getByRole("group", { name: "Traveller" })).toBeVisible();
  await expectAccessible(page);
  await shoot("chat-message-form");
  await form.getByRole("button", { name: "Send" }).click();
  await expect(form.getByText("Fill this in.")).toHaveCount(3);
  await expect(form.getByLabel("Where to")).toBeFocused();
  await expectAccessible(page);
  await shoot("chat-message-form-refused");

  await form.getByLabel("Where to").fill("Oslo");
  await form.getByLabel("Days").fill("2");
  await form.getByLabel("Pace").click();
  await page.getByRole("option", { name: "slow" }).click();
  await form.getByLabel("Start").fill("2026-12-24");
  await form.getByLabel("Tags").fill("sea\ncold");
  await form.getByLabel("Name").fill("Ada");
  await page.keyboard.press("ControlOrMeta+Enter");
  const turn = await answered(page);
  const asked = turn.getByRole("definition");
  await expect(asked.filter({ hasText: "Oslo" }).first()).toBeVisible();
  await expect(turn.getByText("Where to")).toBeVisible();
  await expect(turn.getByText("With children")).toBeVisible();
  await expect(turn.getByText("Booked")).toBeVisible();
  await expect(turn.getByText("{")).toHaveCount(0);
  await expect(turn.getByRole("button", { name: "Copy JSON" })).toBeVisible();
  await expectAccessible(page);
  await shoot("chat-message-form-answered");
  await page.reload();
  await expect(turn.getByText("Booked")).toBeVisible();
  await page.getByRole("button", { name: "Fill in a message" }).click();
  await expect(form.getByLabel("Where to")).toHaveValue("");
});

test("what the server refuses comes back into the form, at its field", async ({ page }, { project }) => {
  const id = `refused-${project.name}`;
  await signIn(page);
  await callApi(page, "POST", "/components", {
    component_type: "agent",
    component_id: id,
    name: "Refuser",
    stage: "published",
    config: {
      model: { provider: "scripted", id: "demo-1" },
      input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  });
  await page.goto(`/o/default/chat?agent=${id}`);
  // The agent is changed behind the page's back.
  await page.route(`**/api/agents/${id}/runs`, (route) =>
    route.fulfill({
      status: 422,
      json: { detail: [{ type: "too_short", loc: ["body", "message", "city"], msg: "Too short a name" }] },
    }),
  );
  const form = page.getByRole("form", { name: "Message Refuser" });
  await form.getByLabel("City").fill("O");
  await form.getByRole("button", { name: "Send" }).click();
  await expect(form.getByText("Too short a name")).toBeVisible();
  await expect(form.getByLabel("City")).toHaveValue("O");
  await expect(turns(page)).toHaveCount(0);
});

test("an agent's form says how its model is given the schema of its answers", async ({ page, shoot }, {
  project,
}) => {
  const id = `schemas-${project.name}`;
  await signIn(page);
  await page.goto("/o/default/agents/new");
  await page.getByLabel("Name", { exact: true }).fill(`Schemas ${project.name}`);
  await page.locator("#advanced summary").click();
  await page.getByLabel("Output schema").fill('{"type":"object","properties":{"city":{"type":"string"}}}');
  await page.getByLabel("Give the model the schema").click();
  await page.getByRole("option", { name: "Never" }).click();
  await expectAccessible(page);
  await page.getByLabel("Input schema").scrollIntoViewIfNeeded();
  await shoot("agent-form-schemas");
  await page.getByLabel("Tool calls in a run").scrollIntoViewIfNeeded();
  await shoot("agent-form-limits");
  await page.getByText("Fallback models", { exact: true }).scrollIntoViewIfNeeded();
  await shoot("agent-form-fallbacks");
  await page.getByLabel("Expected output").scrollIntoViewIfNeeded();
  await shoot("agent-form-context");
  await page.getByRole("button", { name: /^Create agent/ }).click();
  await page.waitForURL(`**/agents/${id}`);
  await page.goto(`/o/default/agents/${id}/edit`);
  await page.locator("#advanced summary").click();
  await expect(page.getByLabel("Give the model the schema")).toContainText("Never");
});
