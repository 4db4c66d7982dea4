import { z } from "zod";

/** Where a run comes from that did not begin with a question of its own. */
export interface RunLineage {
  /** The run whose beginning this one shares, and how many of its messages that is. */
  forkedFromRunId: string | null;
  forkedFromMessageIndex: number | null;
  /** The session that this run was copied from. */
  forkedFromSessionId: string | null;
  /** The run that this one answers anew. */
  regeneratedFrom: string | null;
}

/** The same on the wire; absent fields are left out. */
export const runLineageSchema = z.object({
  forked_from_run_id: z.string().optional(),
  forked_from_message_index: z.number().int().optional(),
  forked_from_session_id: z.string().optional(),
  regenerated_from: z.string().optional(),
});

/** A run's lineage as the wire has it. */
export function wireLineage(run: RunLineage): z.infer<typeof runLineageSchema> {
  return {
    ...(run.forkedFromRunId === null ? {} : { forked_from_run_id: run.forkedFromRunId }),
    ...(run.forkedFromMessageIndex === null ? {} : { forked_from_message_index: run.forkedFromMessageIndex }),
    ...(run.forkedFromSessionId === null ? {} : { forked_from_session_id: run.forkedFromSessionId }),
    ...(run.regeneratedFrom === null ? {} : { regenerated_from: run.regeneratedFrom }),
  };
}
