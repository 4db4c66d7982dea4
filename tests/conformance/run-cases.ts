import type { ConformanceCase } from "./conformance-case.ts";
import type { Engine } from "./engines/engine.ts";
import { makeStage, type Props } from "./make-stage.ts";

export interface CaseResult {
  name: string;
  promise: string;
  outcome: "passed" | "failed" | "not applicable";
  durationMs: number;
  /** Why it failed, with the place. */
  error?: string;
}

/** How many cases are under way at a time; most of them wait most of the time. */
const width = 8;
const caseLimitMs = 240_000;

/**
 * Runs the cases, those that disturb nobody side by side, the others one after the other; then the checks that they
 * left for the end. `report` hears each result as soon as it is final.
 */
export async function runCases(
  cases: readonly ConformanceCase[],
  props: Props,
  report: (result: CaseResult) => void,
): Promise<CaseResult[]> {
  const pending: { result: CaseResult; checks: (() => void)[] }[] = [];
  const run = async (one: ConformanceCase) => {
    const checks: (() => void)[] = [];
    const result = await runCase(one, props, checks);
    if (result.outcome === "passed" && checks.length > 0) pending.push({ result, checks });
    else report(result);
    return result;
  };
  const results: CaseResult[] = [];
  const together = cases.filter((one) => one.alone !== true);
  const next = together.values();
  const worker = async () => {
    for (const one of next) results.push(await run(one));
  };
  await Promise.all(Array.from({ length: width }, worker));
  for (const one of cases) if (one.alone === true) results.push(await run(one));
  for (const { result, checks } of pending) {
    checkOnceMore(result, checks);
    report(result);
  }
  return results;
}

async function runCase(one: ConformanceCase, props: Props, checks: (() => void)[]): Promise<CaseResult> {
  const { name, promise } = one;
  if (!applies(one, props.engine)) return { name, promise, outcome: "not applicable", durationMs: 0 };
  const startedAt = performance.now();
  const result: CaseResult = { name, promise, outcome: "passed", durationMs: 0 };
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => limit.reject(new Error(`not over after ${caseLimitMs / 1000} s`)),
    caseLimitMs,
  );
  try {
    await Promise.race([one.run(makeStage(name, props, checks)), limit.promise]);
  } catch (error) {
    result.outcome = "failed";
    result.error = textOf(error);
  }
  clearTimeout(timer);
  result.durationMs = performance.now() - startedAt;
  return result;
}

function checkOnceMore(result: CaseResult, checks: readonly (() => void)[]): void {
  try {
    for (const check of checks) check();
  } catch (error) {
    result.outcome = "failed";
    result.error = textOf(error);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
}

function applies({ needs }: ConformanceCase, engine: Engine): boolean {
  switch (needs) {
    case undefined:
      return true;
    case "kill":
    case "refusals":
      return engine.own !== undefined;
    case "replicas":
      return engine.own?.startReplica !== undefined;
    case "signatures":
      return engine.isSigning;
  }
}
