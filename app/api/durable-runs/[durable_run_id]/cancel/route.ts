import { cancelDurableRun } from "#inngest/cancel-durable-run.ts";
import { cancelDurableRunContract } from "#lib/api/contracts/durable-run.ts";
import { route } from "#lib/api/route.ts";

export const POST = route(cancelDurableRunContract, async ({ scope, params }) => {
  await cancelDurableRun(scope, params.durable_run_id);
  return {};
});
