import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase } from "#tests/support/test-database.ts";
import { benchJournal } from "./journal-bench.ts";
import type { Measurement } from "./measurement.ts";

/** Runs/s of stack.md section 7's fenced group commit on the same kind of machine, at 1, 10 and 100. */
const REFERENCE = { embedded: [244, 1_452, 2_942], postgres: [224, 1_382, 3_102] } as const;

/** Measures the journal's writer on the embedded database and on a real Postgres. */
export async function persistenceBench(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const kind of ["embedded", "postgres"] as const) {
    const opened = await openTestDatabase({ kind });
    try {
      const { organizationId } = await makeScope();
      await benchJournal(organizationId, 10, 300);
      for (const [position, concurrency] of [1, 10, 100].entries()) {
        const result = await benchJournal(organizationId, concurrency, concurrency === 1 ? 300 : 3_000);
        measurements.push({
          area: `journal, ${kind}`,
          what: `runs/s persisted at ${concurrency}; create p50 / p95, ms`,
          value: `${result.runsPerSecond.toFixed(0)}; ${result.createP50Ms.toFixed(1)} / ${result.createP95Ms.toFixed(1)}`,
          against: `prototype ${REFERENCE[kind][position]}`,
        });
      }
    } finally {
      await opened.close();
    }
  }
  return measurements;
}
