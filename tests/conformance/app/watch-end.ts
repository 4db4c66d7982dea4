import type { InngestFunction } from "inngest";
import type { FunctionTools } from "../conformance-case.ts";
import { APP_ID } from "./app-id.ts";

/** How an engine tells that a run of a function has ended. */
type End = "finished" | "failed" | "cancelled";

/** A function that tells the witness of each such event about the function `id`, under the event's last word. */
export function watchEnd({ inngest, witness }: FunctionTools, id: string, end: End): InngestFunction.Any {
  return inngest.createFunction(
    {
      id: `${id}-watch-${end}`,
      retries: 0,
      triggers: [{ event: `inngest/function.${end}`, if: `event.data.function_id == '${APP_ID}-${id}'` }],
    },
    async ({ event, step }) => {
      const { name, data } = event;
      const { key, item } = data.event.data;
      await step.run("tell", () => witness.saw(key, end, { name, data, item }));
    },
  );
}
