import { expect } from "@playwright/test";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { signIn } from "./support/sign-in.ts";

// The reader's clock is another one than the schedule's.
test.use({ timezoneId: "America/New_York" });

test("a schedule is triggered by hand: it shows how it goes and leads to the run; history and list tell it", async ({
  page,
  shoot,
}, { project }) => {
  const name = `Reckoning ${project.name}`;
  await signIn(page);
  await page.goto("/o/default/schedules/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Message").fill("What is 17 * 23?");
  await page.getByRole("combobox", { name: "How often" }).click();
  await page.getByRole("option", { name: "Every month" }).click();
  await page.getByRole("button", { name: /^Create schedule/ }).click();
  await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
  await page.getByRole("button", { name: "Trigger now" }).click();
  await expect(page.getByText("The trigger by hand has ended.")).toBeVisible();
  const row = page.getByRole("row", { name: /by hand/ });
  await expect(row).toContainText("Done");
  await expectAccessible(page);
  await shoot("schedule-history");
  await page.getByRole("link", { name: "Open the run" }).click();
  await page.waitForURL("**/sessions/**");
  await expect(page.getByText("391").first()).toBeVisible();

  await page.goto("/o/default/schedules");
  const listed = page.getByRole("row", { name: new RegExp(name) });
  await expect(listed).toContainText("Done");
  await page.getByRole("link", { name }).click();
  await page
    .getByRole("row", { name: /by hand/ })
    .getByRole("link")
    .click();
  await page.waitForURL("**/sessions/**");

  // What fails says why, and each attempt is there.
  await page.goto("/o/default/schedules/new");
  await page.getByLabel("Name", { exact: true }).fill(`${name} at nobody`);
  await page.getByText("API call").click();
  await page.getByLabel("Endpoint").fill("/agents/nobody/runs");
  await page.getByLabel("Payload").fill('{"message": "hello"}');
  await page.locator("summary", { hasText: "Advanced" }).click();
  await page.getByLabel("Retries after a failure").fill("1");
  await page.getByLabel("Wait before a retry").fill("1");
  await page.getByRole("button", { name: /^Create schedule/ }).click();
  await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
  await page.getByRole("button", { name: "Trigger now" }).click();
  await expect(page.getByRole("row", { name: /attempt 2, by hand/ })).toContainText("Agent not found");
  await expect(page.getByRole("row", { name: /Agent not found/ })).toHaveCount(2);
  await expectAccessible(page);
  await shoot("schedule-failed");

  for (const each of [name, `${name} at nobody`]) {
    await page.goto("/o/default/schedules");
    await page.getByRole("link", { name: each, exact: true }).click();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete schedule" }).click();
    await page.getByRole("button", { name: `Delete ${each}` }).click();
    await page.waitForURL("**/schedules");
  }
});

test("a schedule is made in a form that shows its next times, refused at the field, edited, switched, deleted", async ({
  page,
  shoot,
}, { project }) => {
  const name = `Morning report ${project.name}`;
  await signIn(page);
  await page.getByRole("link", { name: "Schedules" }).first().click();
  await page.waitForURL("**/schedules");
  await expect(page.getByText("No schedules yet")).toBeVisible();
  await expectAccessible(page);
  await shoot("schedules-empty");

  await page.keyboard.press("n");
  await expect(page.getByRole("heading", { name: "New schedule" })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(page.getByText("Fill this in.").first()).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Message").fill("What came in since yesterday?");
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveText("America/New York");
  await expect(page.getByText("At 09:00, Monday through Friday")).toBeVisible();

  await page.getByRole("combobox", { name: "Time zone" }).click();
  await page.getByPlaceholder("Find a city or a region").fill("berlin");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveText("Europe/Berlin");
  const times = page.getByRole("list", { name: "Next times" }).getByRole("listitem");
  await expect(times).toHaveCount(5);
  await expect(times.first()).toContainText(/\w{3} \d+ \w{3}( \d{4})? 09:00\s*0[34]:00 for you/);
  await expectAccessible(page);
  await shoot("schedule-form");

  await page.getByRole("combobox", { name: "How often" }).click();
  await page.getByRole("option", { name: "Every week", exact: true }).click();
  await page.getByRole("button", { name: "Thursday" }).click();
  await expect(page.getByText("At 09:00, only on Monday and Thursday")).toBeVisible();
  await page.getByRole("combobox", { name: "How often" }).click();
  await page.getByRole("option", { name: "Cron expression" }).click();
  const expression = page.getByLabel("Cron expression");
  await expect(expression).toHaveValue("0 9 * * 1,4");
  await expression.fill("30 2 *");
  await expect(page.getByText("A cron expression has five fields")).toBeVisible();
  await expression.fill("30 2 * * *");
  await expect(page.getByText(/leave out 02:30: it fires at 03:00 instead/)).toBeVisible();
  await page.locator("summary", { hasText: "Advanced" }).click();
  await page.getByLabel("Retries after a failure").fill("11");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("At most 10.")).toBeVisible();
  await page.getByLabel("Retries after a failure").fill("2");
  await expectAccessible(page);
  await page.getByLabel("Cron expression").scrollIntoViewIfNeeded();
  await shoot("schedule-form-cron");
  await page.getByRole("button", { name: /^Create schedule/ }).click();
  await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
  await expect(page.getByText("At 02:30", { exact: true })).toBeVisible();
  await expect(page.getByText("It has not fired yet.")).toBeVisible();
  await expectAccessible(page);
  await shoot("schedule");

  await page.keyboard.press("e");
  await page.waitForURL("**/edit");
  await expect(page.getByLabel("Message")).toHaveValue("What came in since yesterday?");
  await page.getByLabel("Description").fill("For the team of the morning.");
  await page.getByRole("button", { name: /^Save schedule/ }).click();
  await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
  await expect(page.getByText("For the team of the morning.")).toBeVisible();

  await page.goto("/o/default/schedules");
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText("At 02:30");
  await expect(row).toContainText(/in \d+/);
  await row.getByRole("switch").click();
  await expect(row).toContainText("Off");
  await expectAccessible(page);
  await shoot("schedules");
  await row.getByRole("switch").click();
  await expect(row).toContainText(/in \d+/);

  await page.goto("/o/default/schedules/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Message").fill("Again");
  await page.getByRole("button", { name: /^Create schedule/ }).click();
  await expect(page.getByText("Another schedule has this name.")).toBeVisible();
  await page.getByText("API call").click();
  await page.getByLabel("Endpoint").fill("/nowhere");
  await page.getByLabel("Name", { exact: true }).fill(`${name} 2`);
  await page.getByRole("button", { name: /^Create schedule/ }).click();
  await expect(page.getByText("This API has no POST /nowhere.")).toBeVisible();
  await page.getByRole("link", { name: "Schedules", exact: true }).first().click();
  await page.getByRole("button", { name: "Leave" }).click();

  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete schedule" }).click();
  const question = page.getByRole("alertdialog", { name: `Delete ${name}?` });
  await expect(question.getByRole("button", { name: "Keep" })).toBeFocused();
  await question.getByRole("button", { name: `Delete ${name}` }).click();
  await page.waitForURL("**/schedules");
  await expect(page.getByRole("link", { name })).toBeHidden();
});
