import { readFileSync } from "node:fs";
import { expect, type Locator } from "@playwright/test";
import { answered, ask, turns } from "./support/conversation.ts";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { signIn } from "./support/sign-in.ts";

/** A PNG of one pixel, with bytes that are no text. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const TEXT = Buffer.from("The tide turns at nine.\n");
const PAGE = Buffer.from("<script>document.title = 'taken'</script>");

async function expectDownload(link: Locator, filename: string, bytes: Buffer): Promise<void> {
  const page = link.page();
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe(filename);
  expect(readFileSync(await download.path()).equals(bytes)).toBe(true);
}

test("files go with the question and come back byte for byte, from the chat and from the session", async ({
  page,
  shoot,
}) => {
  await signIn(page);
  await page.goto("/o/default/chat?agent=assistant");
  await page.getByLabel("Choose files").setInputFiles([
    { name: "pixel (ä).png", mimeType: "image/png", buffer: PIXEL },
    { name: "figures.txt", mimeType: "text/plain", buffer: TEXT },
    { name: "page.html", mimeType: "text/html", buffer: PAGE },
  ]);
  await expect(page.getByRole("list", { name: "Files to send" })).toContainText("figures.txt");
  await ask(page, "What do the files say?");
  const attachments = (await answered(page)).getByRole("list", { name: "Attachments" });
  // What this page sent is still its own to hand out.
  await expectDownload(attachments.getByRole("link", { name: /figures\.txt/ }), "figures.txt", TEXT);

  await page.reload();
  await answered(page);
  const picture = attachments.getByRole("link", { name: /pixel/ });
  await expect
    .poll(() => picture.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1);
  await expectDownload(picture, "pixel (ä).png", PIXEL);
  await expectDownload(attachments.getByRole("link", { name: /figures\.txt/ }), "figures.txt", TEXT);
  await expectAccessible(page);
  await shoot("chat-files");

  const address = (await attachments.getByRole("link", { name: /page\.html/ }).getAttribute("href")) ?? "";
  const answer = await page.request.get(address);
  expect(answer.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  });
  expect((await page.request.get(address.replace("/o/default/", "/o/nobody/"))).status()).toBe(404);
  expect((await page.request.get(`${address}x`)).status()).toBe(404);

  await page.getByRole("link", { name: "Details" }).click();
  await page.waitForURL("**/sessions/*");
  const kept = page.getByRole("list", { name: "Attachments" });
  await expectDownload(kept.getByRole("link", { name: /page\.html/ }), "page.html", PAGE);
});

test("a failed question is asked again with its file, once, also after a reload", async ({ page, shoot }) => {
  await signIn(page);
  await page.goto("/o/default/chat?agent=assistant");
  await page
    .getByLabel("Choose files")
    .setInputFiles({ name: "pixel.png", mimeType: "image/png", buffer: PIXEL });
  await ask(page, "/error no connection to the provider");
  const again = page.getByRole("button", { name: "Ask again" });
  await expect(again).toBeVisible();
  await shoot("chat-failed");
  await again.click();
  await expect(turns(page)).toHaveCount(2);
  await expect(again).toBeVisible();

  await page.reload();
  await expect(turns(page)).toHaveCount(2);
  // Two presses in one moment.
  await again.evaluate((button: HTMLButtonElement) => {
    button.click();
    button.click();
  });
  await expect(turns(page)).toHaveCount(3);
  await expect(page.getByRole("textbox", { name: /^Message / })).toBeFocused();
  await expect(again).toBeVisible();

  await page.reload();
  await expect(turns(page)).toHaveCount(3);
  for (const turn of await turns(page).all()) {
    await expect(turn.getByText("/error no connection to the provider")).toBeVisible();
    await expectDownload(turn.getByRole("link", { name: /pixel/ }), "pixel.png", PIXEL);
  }
});

test("a question that was refused is sent again in its place, under the same key", async ({ page }) => {
  await signIn(page);
  await page.goto("/o/default/chat?agent=assistant");
  const keys: (string | undefined)[] = [];
  await page.route("**/api/agents/assistant/runs", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    const refuses = keys.length === 1;
    await (refuses
      ? route.fulfill({ status: 403, json: { detail: "You may not run this agent now." } })
      : route.continue());
  });
  await ask(page, "What is 6 * 7?");
  const last = turns(page).last();
  await expect(last.getByText("Not sent")).toBeVisible();
  await expect(last).toContainText("You may not run this agent now.");
  await last.getByRole("button", { name: "Ask again" }).click();
  await expect(await answered(page)).toContainText("42");
  await expect(turns(page)).toHaveCount(1);
  await expect(page.getByText("Not sent")).toBeHidden();
  expect(keys[1]).toBe(keys[0]);
});
