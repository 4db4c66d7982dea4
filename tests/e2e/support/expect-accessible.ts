import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Expects the page as it stands to have none of the faults that axe finds (WCAG 2.2 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  // The title streams in after the page.
  await expect(page).toHaveTitle(/./);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`),
    "faults that axe finds",
  ).toEqual([]);
}
