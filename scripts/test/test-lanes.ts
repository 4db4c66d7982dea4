import type { Lane } from "./lane.ts";

/** How much of the tests to run: `--unit`, nothing, or `--full`. */
export type Extent = "unit" | "usual" | "full";

const vitest = "node_modules/vitest/vitest.mjs";
const playwright = "node_modules/@playwright/test/cli.js";
const conformance = "tests/conformance/main.ts";

const unit: Lane = { name: "unit", args: [vitest, "run", "--project=unit"] };

/** The lanes of an extent, the quick ones first. `usual` stays under 20 minutes on 2 cores, `full` under 75. */
export function testLanes(extent: Extent): Lane[] {
  if (extent === "unit") return [unit];
  const isFull = extent === "full";
  const amounts = { DRILL_KILLS: isFull ? "50" : "5", FUZZ_REQUESTS: isFull ? "20000" : "1000" };
  const lanes: Lane[] = [
    { name: "check", args: ["scripts/check.ts"] },
    unit,
    { name: "contract", args: [vitest, "run", "--project=contract"], environment: amounts },
    { name: "conformance", args: [conformance, ...(isFull ? ["--full"] : [])] },
    { name: "e2e", args: [playwright, "test", ...(isFull ? [] : ["--project=light"])] },
    { name: "drills", args: [vitest, "run", "--project=drills"], environment: amounts },
  ];
  if (isFull) lanes.push(...onPostgres);
  return lanes;
}

/** What touches the database, once more on a real Postgres. */
const onPostgres: Lane[] = [
  {
    name: "unit on Postgres",
    args: [vitest, "run", "--project=unit", "lib/db", "lib/server", "lib/auth", "lib/api", "inngest"],
    environment: { TEST_DATABASE_KIND: "postgres" },
  },
  {
    name: "contract on Postgres",
    args: [vitest, "run", "--project=contract"],
    environment: { TEST_DATABASE_KIND: "postgres" },
  },
  {
    name: "conformance on Postgres",
    args: [conformance, "--full"],
    environment: { TEST_DATABASE_KIND: "postgres" },
  },
];
