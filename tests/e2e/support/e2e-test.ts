import path from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";
import { withStreamedPages } from "./with-streamed-pages.ts";

/** The owner that the server of a worker is started with. */
export const owner = { email: "owner@example.test", password: "correct horse battery staple" };

const projectRoot = path.join(import.meta.dirname, "../../..");
const screenshots = path.join(projectRoot, "test-results/screenshots");

interface TestFixtures {
  /**
   * Takes `<name>-<theme>.png` at the page's size and `<name>-390-<theme>.png` at a telephone's. `docs` names the file
   * in docs/ that shows it too; it is written only with UPDATE_DOCS=1 and in the light theme.
   */
  shoot: (name: string, options?: { docs?: string }) => Promise<void>;
  /** Fails the test when a page threw or broke its content security policy. */
  quietPage: undefined;
}

interface WorkerFixtures {
  /** Settings of the server beside the owner's; a file that uses others gets a worker of its own. */
  serverEnv: Record<string, string>;
  /** A running server with a fresh data folder, shared by the tests of a worker. */
  server: TestServer;
}

/** Playwright's test on a real server; pages are addressed by their path. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  serverEnv: [{}, { option: true, scope: "worker" }],
  server: [
    async ({ serverEnv }, use) => {
      const server = await startTestServer({
        env: {
          GATEHOUSE_OWNER_EMAIL: owner.email,
          GATEHOUSE_OWNER_PASSWORD: owner.password,
          ...serverEnv,
        },
      });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  page: async ({ page }, use) => use(withStreamedPages(page)),
  shoot: async ({ page, colorScheme }, use) => {
    await use(async (name, { docs } = {}) => {
      const size = page.viewportSize();
      if (docs !== undefined && colorScheme === "light" && process.env.UPDATE_DOCS === "1") {
        await page.screenshot({ path: path.join(projectRoot, "docs", docs) });
      }
      await page.screenshot({ path: path.join(screenshots, `${name}-${colorScheme}.png`) });
      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoSidewaysScroll(page);
      await page.screenshot({ path: path.join(screenshots, `${name}-390-${colorScheme}.png`) });
      if (size !== null) await page.setViewportSize(size);
    });
  },
  quietPage: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
      });
      await use(undefined);
      expect(complaints, "errors of the page").toEqual([]);
    },
    { auto: true },
  ],
});

/** A page that scrolls sideways does not fit a telephone. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(overflow, "pixels by which the page is wider than 390").toBeLessThanOrEqual(0);
}
