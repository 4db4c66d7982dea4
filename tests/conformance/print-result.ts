import type { CaseResult } from "./run-cases.ts";

/** Prints one row of the table, and why a case failed. */
export function printResult(result: CaseResult): void {
  const { name, outcome, durationMs, promise } = result;
  const verdict = outcome === "failed" ? "FAILED" : outcome;
  console.log(row(name, verdict, outcome === "not applicable" ? "" : durationMs.toFixed(0)));
  if (result.error === undefined) return;
  console.log(`    promise  ${promise}`);
  console.log(`    broken   ${result.error.replaceAll("\n", "\n             ")}`);
}

/** Prints the table's head. */
export function printHead(engine: string): void {
  console.log(`Inngest conformance: ${engine}\n`);
  console.log(row("case", "result", "ms"));
}

function row(name: string, verdict: string, ms: string): string {
  return `${name.padEnd(44)}${verdict.padEnd(16)}${ms.padStart(7)}`;
}
