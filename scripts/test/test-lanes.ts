import type { Lane } from "./lane.ts";

/** How much of the tests to run: `--unit`, nothing, or `--full`. */
export type Extent = "unit" | "usual" | "full";

const vitest = "node_modules/vitest/vitest.mjs";
const playwright = "node_modules/@playwright/test/cli.js";
const conformance = "tests/conformance/main.ts";

const unit: Lane = { name: "unit", runner: "vitest", args: [vitest, "run", "--project=unit"] };

/** The lanes of an extent, the quick ones first. `usual` stays under 20 minutes on 2 cores, `full` under 75. */
export function testLanes(extent: Extent): Lane[] {
  if (extent === "unit") return [unit];
  const isFull = extent === "full";
  const amounts = { DRILL_KILLS: isFull ? "50" : "5", FUZZ_REQUESTS: isFull ? "20000" : "1000" };
  const conformanceArgs = [conformance, ...(isFull ? ["--full"] : [])];
  const lanes: Lane[] = [
    { name: "check", args: ["scripts/check.ts"] },
    isFull ? { ...unit, environment: { PROPERTY_RUNS: "1000" } } : unit,
    { name: "contract", runner: "vitest", args: [vitest, "run", "--project=contract"], environment: amounts },
    { name: "conformance", runner: "conformance", args: conformanceArgs },
    {
      name: "conformance on Postgres",
      runner: "conformance",
      args: conformanceArgs,
      environment: { TEST_DATABASE_KIND: "postgres" },
    },
    { name: "e2e", runner: "playwright", args: [playwright, "test", ...(isFull ? [] : ["--project=light"])] },
    { name: "drills", runner: "vitest", args: [vitest, "run", "--project=drills"], environment: amounts },
  ];
  if (isFull) lanes.push(...onPostgres);
  return lanes;
}

/** What touches the database, once more on a real Postgres. */
const onPostgres: Lane[] = [
  {
    name: "unit on Postgres",
    runner: "vitest",
    args: [vitest, "run", "--project=unit", "lib/db", "lib/server", "lib/auth", "lib/api", "inngest"],
    environment: { TEST_DATABASE_KIND: "postgres" },
  },
  {
    name: "contract on Postgres",
    runner: "vitest",
    args: [vitest, "run", "--project=contract"],
    environment: { TEST_DATABASE_KIND: "postgres" },
  },
];
