import { expect, type Page } from "@playwright/test";
import { answered, ask, turns } from "./support/conversation.ts";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { pausingAgent } from "./support/pausing-agent.ts";
import { signIn } from "./support/sign-in.ts";

const card = (page: Page, name: string | RegExp) => turns(page).last().getByRole("region", { name });

test("held calls are approved, edited with a diff, and rejected with a reason; the answer goes on after the last", async ({
  page,
  shoot,
}, { project }) => {
  const agent = `holding-${project.name}`;
  await signIn(page);
  await pausingAgent(
    page,
    agent,
    { take_note: { requires_confirmation: true }, send_request: { requires_confirmation: true } },
    ["take_note", "send_request", "calculator"],
  );
  await page.goto(`/o/default/chat?agent=${agent}`);
  await ask(
    page,
    [
      '/parallel /tool calculator {"expression":"2 * 21"}',
      '/tool take_note {"text":"Customer complaint about order 48213"}',
      '/tool send_request {"url":"https://example.com/refunds","json":{"order":"48213","amount":84}}',
    ].join("\n"),
  );
  const note = card(page, "Take a note?");
  await expect(note).toBeFocused();
  await expect(page.getByRole("button", { name: "Approve all 2" })).toBeVisible();
  await expect(page.getByText("Waiting for you").first()).toBeVisible();
  await expectAccessible(page);
  await shoot("chat-paused");

  // Edited by the keyboard: refused at the field, then kept as a draft across a reload.
  await page.keyboard.press("e");
  const text = note.getByLabel("text");
  await expect(text).toBeFocused();
  await text.fill("");
  await page.keyboard.press("Control+Enter");
  await expect(text).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await text.fill("Duplicate capture of order 48213");
  await page.keyboard.press("Control+Enter");
  await expect(note.getByText("proposed")).toBeVisible();
  await expect(note.getByRole("button", { name: "Approve with 1 edit" })).toBeVisible();
  await page.reload();
  await expect(note.getByText("yours")).toBeVisible();
  await expectAccessible(page);
  await shoot("chat-edited");
  await note.focus();
  await page.keyboard.press("a");
  await expect(turns(page).last()).toContainText("You approved with 1 edit");

  // The other one is still there after another reload.
  await page.reload();
  const request = card(page, "Send a request?");
  await expect(request).toBeVisible();
  await expect(turns(page).last()).toContainText("You approved with 1 edit");
  await request.focus();
  await page.keyboard.press("r");
  await page.getByLabel("Reason").fill("Ask finance first");
  await page.keyboard.press("Enter");
  const last = await answered(page);
  await expect(last).toContainText("You rejected: “Ask finance first”");
  await expect(page.getByRole("textbox", { name: /^Message / })).toBeFocused();
  await last.getByRole("button", { name: /take_note/ }).click();
  await expect(last.getByRole("region", { name: "Arguments" })).toContainText("Duplicate capture");
  await expectAccessible(page);
  await shoot("chat-decided");
});

test("a form is filled in, questions are answered, a result is pasted, and a message waits its turn", async ({
  page,
  shoot,
}, { project }) => {
  const agent = `asking-${project.name}`;
  await signIn(page);
  await pausingAgent(
    page,
    agent,
    {
      set_session_state: { requires_user_input: true, user_input_fields: ["value"] },
      take_note: { external_execution: true },
    },
    ["set_session_state", "take_note", "ask_user", "get_user_input"],
  );
  await page.goto(`/o/default/chat?agent=${agent}`);
  await ask(
    page,
    '/tool get_user_input {"user_input_fields":[{"field_name":"nights","field_type":"int","field_description":"How many nights"},{"field_name":"breakfast","field_type":"bool"}]}',
  );
  const form = card(page, /asks for 2 values/);
  await form.getByLabel("nights").fill("two");
  await form.getByRole("button", { name: /^Send/ }).click();
  await expect(form.getByText("Enter a number.")).toBeVisible();
  await expect(form.getByLabel("nights")).toBeFocused();
  await expectAccessible(page);
  await shoot("chat-form");
  await form.getByLabel("nights").fill("2");
  // What is written meanwhile is kept, and sent when the answer has ended.
  await page.getByRole("textbox", { name: /^Message / }).fill('/tool take_note {"text":"done elsewhere"}');
  await page.keyboard.press("Enter");
  await expect(page.getByText("It is sent when the answer has ended.")).toBeVisible();
  await form.getByRole("button", { name: /^Send/ }).click();
  await expect(turns(page)).toHaveCount(2);
  await expect(turns(page).first()).toContainText("You filled in the form");

  const outside = card(page, /give the result/);
  await outside.getByLabel("Result").fill('{"saved":true}');
  await expectAccessible(page);
  await shoot("chat-result");
  await outside.getByRole("button", { name: /^Give the result/ }).click();
  await expect(await answered(page)).toContainText("You gave the result");

  await ask(
    page,
    '/tool ask_user {"questions":[{"question":"Which contract applies?","options":[{"label":"2025 renewal","description":"from 1 Jan 2025"},{"label":"2023 frame"}]}]}',
  );
  const question = card(page, "Which contract applies?");
  await question.getByRole("button", { name: /^Answer/ }).click();
  await expect(question.getByText("Choose an answer.")).toBeVisible();
  await question.getByText("2025 renewal").click();
  await expectAccessible(page);
  await shoot("chat-question");
  await page.keyboard.press("Control+Enter");
  await expect(await answered(page)).toContainText("You answered: 2025 renewal");
});
