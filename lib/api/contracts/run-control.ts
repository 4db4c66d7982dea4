import { z } from "zod";
import { componentIdSchema } from "#lib/core/agent-definition.ts";
import { checkpointListSchema, checkpointSnapshotSchema } from "#lib/core/checkpoint.ts";
import { sessionIdSchema } from "#lib/core/run-request.ts";
import { sessionForkSchema } from "#lib/core/session.ts";
import { defineContract } from "../contract.ts";

const tag = "Agent runs";
const runParams = z.object({ agent_id: componentIdSchema, run_id: z.string().min(1).max(128) });
const sessionQuery = z.object({ session_id: sessionIdSchema });
// Reading a run takes what starting one does.
const readScope = { scope: "agents:run", resourceParam: "agent_id" };

/** The places from which a run can be continued: behind each question, and behind each turn of the model. */
export const listAgentRunCheckpointsContract = defineContract({
  method: "GET",
  path: "/agents/{agent_id}/runs/{run_id}/checkpoints",
  operationId: "list_agent_run_checkpoints",
  tag,
  summary: "List the checkpoints of a run",
  scope: readScope,
  params: runParams,
  query: sessionQuery,
  body: { kind: "none" },
  responses: { 200: { description: "Checkpoints, first to last", schema: checkpointListSchema } },
});

/** A run as it stood behind so many of its own messages. */
export const getAgentRunCheckpointContract = defineContract({
  method: "GET",
  path: "/agents/{agent_id}/runs/{run_id}/checkpoints/{message_index}",
  operationId: "get_agent_run_checkpoint",
  tag,
  summary: "Get a run as it stood at a checkpoint",
  scope: readScope,
  params: runParams.extend({
    // The wire answers 400 for a place that the run does not have.
    message_index: z.coerce.number().int().min(-2_147_483_648).max(2_147_483_647),
  }),
  query: sessionQuery,
  body: { kind: "none" },
  responses: { 200: { description: "The place and the run there", schema: checkpointSnapshotSchema } },
});

/** Copies a session with its runs that have ended into a new one of the same owner. */
export const forkAgentSessionContract = defineContract({
  method: "POST",
  path: "/agents/{agent_id}/sessions/{session_id}/fork",
  operationId: "fork_agent_session",
  tag,
  summary: "Fork a session",
  scope: { scope: "agents:run", resourceParam: "agent_id" },
  params: z.object({ agent_id: componentIdSchema, session_id: sessionIdSchema }),
  query: z.object({
    user_id: z.string().max(255).optional(),
    /** Ours: the last run to copy; those after it stay out. */
    up_to_run_id: z.string().min(1).max(128).optional(),
  }),
  body: { kind: "none" },
  responses: { 200: { description: "The new session", schema: sessionForkSchema } },
});
