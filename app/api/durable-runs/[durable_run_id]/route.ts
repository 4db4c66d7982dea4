import { getDurableRunContract } from "#lib/api/contracts/durable-run.ts";
import { route } from "#lib/api/route.ts";
import { getDurableRun } from "#lib/server/get-durable-run.ts";

export const GET = route(getDurableRunContract, ({ scope, params }) =>
  getDurableRun(scope, params.durable_run_id),
);
