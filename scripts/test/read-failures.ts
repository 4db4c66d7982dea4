import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { z } from "zod";
import type { Lane } from "./lane.ts";

const FIRST_LINES = 6;

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const conformanceReport = z.array(
  z.object({ name: z.string(), outcome: z.string(), error: z.string().optional() }),
);

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.string(),
      results: z.array(z.object({ error: z.object({ message: z.string().default("") }).optional() })),
    }),
  ),
});
interface PlaywrightSuite {
  specs: z.infer<typeof playwrightSpec>[];
  suites?: PlaywrightSuite[] | undefined;
}
const playwrightSuite: z.ZodType<PlaywrightSuite> = z.object({
  specs: z.array(playwrightSpec),
  suites: z.lazy(() => z.array(playwrightSuite)).optional(),
});
const playwrightReport = z.object({
  suites: z.array(playwrightSuite),
  errors: z.array(z.object({ message: z.string().default("") })),
});

/**
 * The tests that failed according to a runner's report in JSON, each with the first lines of what went wrong. A log of
 * which only the end is kept has to name them. Empty where there is no report.
 */
export async function readFailures(runner: Lane["runner"], reportFile: string): Promise<string[]> {
  if (runner === undefined) return [];
  const text = await readFile(reportFile, "utf8").catch(() => null);
  if (text === null) return [];
  const report: unknown = JSON.parse(text);
  switch (runner) {
    case "vitest":
      return ofVitest(report);
    case "playwright":
      return ofPlaywright(report);
    case "conformance":
      return ofConformance(report);
  }
}

function ofVitest(report: unknown): string[] {
  return vitestReport.parse(report).testResults.flatMap((file) => {
    const place = relative(process.cwd(), file.name);
    const failed = file.assertionResults.filter(({ status }) => status === "failed");
    if (failed.length === 0 && file.status === "failed") return [described(place, file.message)];
    return failed.map((test) => described(`${place} > ${test.fullName}`, test.failureMessages?.[0] ?? ""));
  });
}

function ofPlaywright(report: unknown): string[] {
  const { suites, errors } = playwrightReport.parse(report);
  return [
    ...errors.map(({ message }) => described("outside the tests", message)),
    // A spec's own `ok` speaks of its first project only.
    ...suites
      .flatMap(specsOf)
      .flatMap((spec) =>
        spec.tests
          .filter(({ status }) => status === "unexpected")
          .map((run) =>
            described(
              `${spec.file} [${run.projectName}] > ${spec.title}`,
              run.results.find(({ error }) => error)?.error?.message ?? "",
            ),
          ),
      ),
  ];
}

function ofConformance(report: unknown): string[] {
  return conformanceReport
    .parse(report)
    .filter(({ outcome }) => outcome === "failed")
    .map(({ name, error }) => described(name, error ?? ""));
}

function specsOf(suite: PlaywrightSuite): PlaywrightSuite["specs"] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

function described(name: string, message: string): string {
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  return [name, ...lines.slice(0, FIRST_LINES).map((line) => `    ${line}`)].join("\n");
}
