import { NonRetriableError } from "inngest";
import { runEndedSchema } from "#lib/core/durable-event.ts";
import { systemScope } from "#lib/core/system-scope.ts";
import { listAfterRunPieces } from "#lib/server/list-after-run-pieces.ts";
import { performAfterRunPiece } from "#lib/server/perform-after-run-piece.ts";
import { inngest } from "./client.ts";

/** Work after the reply must not hold up what people wait for. */
const RUNS_PER_ORGANIZATION = 4;

/**
 * Does the work that a run wants after its end, piece by piece. Each piece is a step with retries of its own; one that
 * fails for good does not keep the others from being done.
 */
export const runAfter = inngest.createFunction(
  {
    id: "run-after",
    triggers: [{ event: "gatehouse/run.ended" }],
    retries: 4,
    concurrency: [{ limit: RUNS_PER_ORGANIZATION, key: "event.data.organizationId" }],
  },
  async ({ event, step }) => {
    const { organizationId, runId } = runEndedSchema.parse(event.data);
    const scope = systemScope(organizationId, "run-after");
    const pieces = await step.run("pieces", () => listAfterRunPieces(scope, runId));
    const failed: string[] = [];
    for (const piece of pieces) {
      try {
        await step.run(piece, () => performAfterRunPiece(scope, runId, piece));
      } catch {
        failed.push(piece);
      }
    }
    if (failed.length > 0) throw new NonRetriableError(`Not done: ${failed.join(", ")}.`);
    return { pieces };
  },
);
