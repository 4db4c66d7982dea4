import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFailures } from "./read-failures.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatehouse-report-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function report(content: unknown): Promise<string> {
  const file = join(folder, "report.json");
  await writeFile(file, JSON.stringify(content));
  return file;
}

test("names the tests of vitest that failed, and files that could not be run", async () => {
  const file = await report({
    testResults: [
      {
        name: join(process.cwd(), "lib/a.test.ts"),
        status: "failed",
        message: "",
        assertionResults: [
          { fullName: "a holds", status: "passed", failureMessages: [] },
          { fullName: "b holds", status: "failed", failureMessages: ["expected 1\n\nto be 2"] },
        ],
      },
      {
        name: join(process.cwd(), "lib/c.test.ts"),
        status: "failed",
        message: "No such file",
        assertionResults: [],
      },
    ],
  });
  expect(await readFailures("vitest", file)).toEqual([
    "lib/a.test.ts > b holds\n    expected 1\n    to be 2",
    "lib/c.test.ts\n    No such file",
  ]);
});

test("names the tests of Playwright that failed, in whatever block they stand, with their theme", async () => {
  const run = (projectName: string, message?: string) => ({
    projectName,
    status: message === undefined ? "expected" : "unexpected",
    results: [message === undefined ? {} : { error: { message } }],
  });
  const spec = (title: string, ...tests: ReturnType<typeof run>[]) => ({
    title,
    file: "chat.test.ts",
    tests,
  });
  const file = await report({
    errors: [],
    suites: [
      {
        specs: [spec("fine", run("light"), run("dark"))],
        suites: [{ specs: [spec("broken", run("light"), run("dark", "not visible"))] }],
      },
      { specs: [spec("broken, too", run("light", "timeout"))] },
    ],
  });
  expect(await readFailures("playwright", file)).toEqual([
    "chat.test.ts [dark] > broken\n    not visible",
    "chat.test.ts [light] > broken, too\n    timeout",
  ]);
});

test("names the cases of the conformance suite that failed", async () => {
  const file = await report([
    { name: "sleep", outcome: "passed" },
    { name: "invoke", outcome: "failed", error: "never ended" },
  ]);
  expect(await readFailures("conformance", file)).toEqual(["invoke\n    never ended"]);
});

test("says nothing where a runner died before it wrote a report", async () => {
  expect(await readFailures("vitest", join(folder, "none.json"))).toEqual([]);
  expect(await readFailures(undefined, join(folder, "none.json"))).toEqual([]);
});
