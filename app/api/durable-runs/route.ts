import { listDurableRunsContract } from "#lib/api/contracts/durable-run.ts";
import { route } from "#lib/api/route.ts";
import { listDurableRuns } from "#lib/server/list-durable-runs.ts";

export const GET = route(listDurableRunsContract, ({ scope, query }) => listDurableRuns(scope, query));
