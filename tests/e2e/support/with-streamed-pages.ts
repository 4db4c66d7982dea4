import { expect, type Page } from "@playwright/test";

/**
 * A page whose `goto` and `reload` wait until all has streamed in. What streams in stands hidden at the document's end
 * until React moves it, for a moment beside what was rendered in the browser meanwhile: a text would be found twice. A
 * page that is not found leaves such a piece for good.
 */
export function withStreamedPages(page: Page): Page {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  const settled = () =>
    expect(page.locator('body > [hidden][id^="S:"]'))
      .toHaveCount(0, { timeout: 2_000 })
      .catch(() => {});
  page.goto = async (url, options) => {
    const response = await goto(url, options);
    await settled();
    return response;
  };
  page.reload = async (options) => {
    const response = await reload(options);
    await settled();
    return response;
  };
  return page;
}
