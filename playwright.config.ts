import path from "node:path";
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tests/e2e/support/find-browser.ts";

const launchOptions = await findBrowser(path.join(import.meta.dirname, ".gatehouse"));

/** One project a theme; `playwright test --project=light` runs one of them. */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.test.ts",
  outputDir: "test-results/e2e",
  fullyParallel: false,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions,
  },
  projects: [
    { name: "light", use: { colorScheme: "light" } },
    { name: "dark", use: { colorScheme: "dark" } },
  ],
});
