import { z } from "zod";
import { runStatusSchema } from "./run-status.ts";
import { runOutputSchema } from "./run-wire.ts";

/** A place in a run from which another answer can go on. */
export const checkpointSchema = z.object({
  checkpoint_id: z.string(),
  run_id: z.string(),
  session_id: z.string(),
  /** How many of the run's own messages stand before it; those of `from_history` are not counted. */
  message_index: z.number().int(),
  /** What `continue_from` takes to go on from here. */
  continue_from: z.number().int(),
  status: runStatusSchema,
  /** `end`: all that the run has said; `snapshot`: a place that was asked for. */
  reason: z.enum(["checkpoint", "end", "snapshot"]),
  /** Seconds since the epoch. */
  created_at: z.number().int(),
  /** The last message before it; absent before the first. */
  message_id: z.string().optional(),
  message_role: z.string().optional(),
  message_preview: z.string().optional(),
  is_latest: z.boolean(),
});

export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What `GET …/checkpoints` answers: the places of a run, first to last. */
export const checkpointListSchema = z.object({
  run_id: z.string(),
  session_id: z.string(),
  checkpoints: z.array(checkpointSchema),
});

export type CheckpointList = z.infer<typeof checkpointListSchema>;

/** What `GET …/checkpoints/{message_index}` answers: the run as it stood there. */
export const checkpointSnapshotSchema = z.object({
  checkpoint: checkpointSchema,
  snapshot: runOutputSchema,
});

export type CheckpointSnapshot = z.infer<typeof checkpointSnapshotSchema>;
