import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "lib/**/*.test.ts",
      "inngest/**/*.test.ts",
      "scripts/**/*.test.ts",
      "agents/**/*.test.ts",
      "components/**/*.test.ts",
    ],
    environment: "node",
    pool: "threads",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
