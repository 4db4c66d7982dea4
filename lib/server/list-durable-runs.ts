import type { DurableRun, DurableRunStatus } from "#lib/core/durable-run.ts";
import { pageMeta } from "#lib/core/page.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listDurableRuns as readDurableRuns } from "#lib/db/durable-runs.ts";
import { durableRunOnWire, FUNCTION_ID_PREFIX } from "./durable-run-on-wire.ts";

/** Which jobs, and which page of them. */
export interface DurableRunQuery {
  status?: DurableRunStatus | undefined;
  function?: string | undefined;
  page: number;
  limit: number;
}

/** One page of the organization's durable jobs, newest first, in the wire's envelope. */
export async function listDurableRuns(
  scope: Scope,
  query: DurableRunQuery,
): Promise<{ data: DurableRun[]; meta: ReturnType<typeof pageMeta> }> {
  const { status, page, limit } = query;
  const startedAt = performance.now();
  const { runs, totalCount } = await readDurableRuns(
    scope,
    {
      ...(status === undefined ? {} : { status }),
      ...(query.function === undefined ? {} : { functionId: FUNCTION_ID_PREFIX + query.function }),
    },
    { limit, offset: (page - 1) * limit },
  );
  const searchTimeMs = performance.now() - startedAt;
  return { data: runs.map(durableRunOnWire), meta: pageMeta({ page, limit, totalCount, searchTimeMs }) };
}
