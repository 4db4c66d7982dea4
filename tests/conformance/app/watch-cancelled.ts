import type { InngestFunction } from "inngest";
import type { FunctionTools } from "../conformance-case.ts";
import { APP_ID } from "./app-id.ts";

/** A function that tells the witness of each run of the function `id` that was cancelled, under "cancelled". */
export function watchCancelled({ inngest, witness }: FunctionTools, id: string): InngestFunction.Any {
  return inngest.createFunction(
    {
      id: `${id}-watch-cancelled`,
      retries: 0,
      triggers: [{ event: "inngest/function.cancelled", if: `event.data.function_id == '${APP_ID}-${id}'` }],
    },
    async ({ event, step }) => {
      const { event: original, error, run_id: runId } = event.data;
      const { key, item } = original.data;
      await step.run("tell", () => witness.saw(key, "cancelled", { item, error: error.message, runId }));
    },
  );
}
