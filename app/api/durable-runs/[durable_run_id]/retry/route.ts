import { retryDurableRun } from "#inngest/retry-durable-run.ts";
import { retryDurableRunContract } from "#lib/api/contracts/durable-run.ts";
import { route } from "#lib/api/route.ts";

export const POST = route(retryDurableRunContract, async ({ scope, params }) => ({
  status: 201,
  body: { id: await retryDurableRun(scope, params.durable_run_id) },
}));
