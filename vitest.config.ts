import { defineConfig } from "vitest/config";

// Processes, not threads: V8 aborts now and then when several threads of one process end WebAssembly engines at a time.
const shared = { environment: "node", pool: "forks", maxWorkers: 2 } as const;

/** One project a lane; `vitest run --project unit` runs one of them. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["{lib,inngest,scripts,agents,components}/**/*.test.{ts,tsx}"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...shared,
          name: "drills",
          include: ["tests/drills/**/*.test.ts"],
          testTimeout: 900_000,
          hookTimeout: 180_000,
          // A drill kills servers and measures their return: one at a time.
          maxWorkers: 1,
        },
      },
    ],
  },
});
