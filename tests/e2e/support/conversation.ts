import { expect, type Locator, type Page } from "@playwright/test";

/** The turns of the conversation on the chat page, oldest first. */
export function turns(page: Page): Locator {
  return page.getByRole("region", { name: /^Conversation with / }).getByRole("article");
}

/** Sends a question by the keyboard. */
export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole("textbox", { name: /^Message / }).fill(question);
  await page.keyboard.press("Enter");
}

/** Waits until the newest answer has ended, which its tokens tell, and returns its turn. */
export async function answered(page: Page): Promise<Locator> {
  const last = turns(page).last();
  await expect(last.getByText(/\d tokens$/)).toBeVisible({ timeout: 30_000 });
  return last;
}
