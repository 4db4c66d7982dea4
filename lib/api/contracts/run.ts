import { z } from "zod";
import { componentIdSchema } from "#lib/core/agent-definition.ts";
import { agentFrameSchema } from "#lib/core/agent-frame.ts";
import {
  continueRequestSchema,
  resumeRequestSchema,
  runRequestSchema,
  sessionIdSchema,
} from "#lib/core/run-request.ts";
import { runStatusSchema } from "#lib/core/run-status.ts";
import { acceptedRunSchema, runDetailSchema, runOutputSchema } from "#lib/core/run-wire.ts";
import { defineContract } from "../contract.ts";

const tag = "Agent runs";
const runIdSchema = z.string().min(1).max(128);
const agentParams = z.object({ agent_id: componentIdSchema });
const runParams = z.object({ agent_id: componentIdSchema, run_id: runIdSchema });
const runScope = { scope: "agents:run", resourceParam: "agent_id" };

/** Starts a run of an agent; streams its events unless `stream` is false. A background run goes on whatever restarts. */
export const createAgentRunContract = defineContract({
  method: "POST",
  path: "/agents/{agent_id}/runs",
  operationId: "create_agent_run",
  tag,
  summary: "Run an agent",
  scope: runScope,
  params: agentParams,
  query: z.object({}),
  body: { kind: "form", schema: runRequestSchema, files: "files" },
  responses: {
    200: {
      description: "The run's events, or with stream=false the finished run",
      schema: "sse",
      event: agentFrameSchema,
    },
    202: {
      description: "With background=true and stream=false: accepted; ask for it with GET",
      schema: acceptedRunSchema,
    },
  },
});

/** The runs of one session, oldest first. */
export const listAgentRunsContract = defineContract({
  method: "GET",
  path: "/agents/{agent_id}/runs",
  operationId: "list_agent_runs",
  tag,
  summary: "List the runs of a session",
  scope: runScope,
  params: agentParams,
  query: z.object({ session_id: sessionIdSchema, status: runStatusSchema.optional() }),
  body: { kind: "none" },
  responses: { 200: { description: "Runs, oldest first", schema: z.array(runDetailSchema) } },
});

/** One run with its messages, tools and metrics. */
export const getAgentRunContract = defineContract({
  method: "GET",
  path: "/agents/{agent_id}/runs/{run_id}",
  operationId: "get_agent_run",
  tag,
  summary: "Get a run",
  scope: runScope,
  params: runParams,
  query: z.object({ session_id: sessionIdSchema }),
  body: { kind: "none" },
  responses: { 200: { description: "The run", schema: runOutputSchema } },
});

/** Stops a run; what it has written so far is kept. */
export const cancelAgentRunContract = defineContract({
  method: "POST",
  path: "/agents/{agent_id}/runs/{run_id}/cancel",
  operationId: "cancel_agent_run",
  tag,
  summary: "Cancel a run",
  scope: runScope,
  params: runParams,
  query: z.object({ session_id: sessionIdSchema.optional() }),
  body: { kind: "none" },
  responses: { 200: { description: "Always an empty object", schema: z.object({}) } },
});

/** Streams a run's events after a given index: first what was missed, then what comes. */
export const resumeAgentRunContract = defineContract({
  method: "POST",
  path: "/agents/{agent_id}/runs/{run_id}/resume",
  operationId: "resume_agent_run",
  tag,
  summary: "Attach to a run again",
  scope: runScope,
  params: runParams,
  query: z.object({}),
  body: { kind: "form", schema: resumeRequestSchema },
  responses: {
    200: { description: "The run's events after last_event_index", schema: "sse", event: agentFrameSchema },
  },
});

/**
 * Tells a run that waits for people what they have decided, or goes on with one that has ended: a failed run under its
 * own id, a completed one under another, which shares its beginning. `continue_from` counts the run's own messages as its
 * checkpoints do. Ours: `replace_original` counts without `regenerate`, too, so that a question can be asked in other
 * words in the place of the old one.
 */
export const continueAgentRunContract = defineContract({
  method: "POST",
  path: "/agents/{agent_id}/runs/{run_id}/continue",
  operationId: "continue_agent_run",
  tag,
  summary: "Continue, fork or regenerate a run",
  scope: runScope,
  params: runParams,
  query: z.object({}),
  body: { kind: "form", schema: continueRequestSchema },
  responses: {
    200: {
      description: "The run's events from here on, or with stream=false the run",
      schema: "sse",
      event: agentFrameSchema,
    },
  },
});
