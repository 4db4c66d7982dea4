import type { JournalEvent, RunIdentity } from "./journal.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import type { RunEventBody } from "./run-event.ts";
import { type RunRequirement, runRequirementSchema } from "./requirement.ts";
import { runMetricsSchema } from "./run-metrics.ts";
import { structuredContent } from "./structured-content.ts";
import { toolExecutionSchema } from "./tool-execution.ts";
import { outputMedia } from "./wire-media.ts";

/** One frame of a run's stream: `event` is the wire name, `event_index` the cursor that it moves a reader to. */
export type WireFrame = JsonObject & { event: string; event_index: number };

type Fields = { [key: string]: JsonValue | undefined };

const TOOL_KEYS = Object.keys(toolExecutionSchema.shape);
const REQUIREMENT_KEYS = Object.keys(runRequirementSchema.shape);
const METRICS_KEYS = Object.keys(runMetricsSchema.shape);

/**
 * Translates a row of the journal into the frame that the wire shows, with the reference server's key order.
 * `run` is the identity of the run that the event belongs to (a member's own, not its root's).
 * What is ours alone stays behind: the question in RunStarted, what a model is told to repair, the cuts of a compacted text, the held calls of a turn, what
 * hooks and kept results have made of a call.
 */
export function toFrame(event: JournalEvent, run: RunIdentity): WireFrame {
  const name = wireName(wireType(event.body), run.componentType);
  return {
    ...present({ created_at: Math.floor(event.createdAtMs / 1000), event: name, ...identityFields(run) }),
    ...present(eventFields(event.body, run)),
    event: name,
    event_index: event.lastIndex,
  };
}

/** The text of one server-sent event. */
export function encodeFrame(frame: WireFrame): string {
  return `event: ${frame.event}\ndata: ${JSON.stringify(frame)}\n\n`;
}

/** The name of an event's kind on the wire, of an agent's run. */
function wireType(body: RunEventBody): RunEventBody["type"] | "RunIntermediateContent" {
  return body.type === "RunContent" && body.intermediate === true ? "RunIntermediateContent" : body.type;
}

function wireName(type: ReturnType<typeof wireType>, componentType: RunIdentity["componentType"]): string {
  switch (componentType) {
    case "agent":
      return type;
    case "team":
      return `Team${type}`;
    case "workflow":
      return type.replace(/^(Run)?/, "Workflow");
  }
}

function identityFields(run: RunIdentity): Fields {
  const parent = { parent_run_id: run.parentRunId ?? undefined };
  const place = { session_id: run.sessionId, nested_depth: run.nestedDepth };
  switch (run.componentType) {
    case "agent":
      return {
        agent_id: run.componentId,
        agent_name: run.componentName,
        run_id: run.runId,
        ...parent,
        ...place,
      };
    case "team":
      return {
        team_id: run.componentId,
        team_name: run.componentName,
        run_id: run.runId,
        ...parent,
        ...place,
      };
    case "workflow":
      return {
        workflow_id: run.componentId,
        workflow_name: run.componentName,
        session_id: run.sessionId,
        run_id: run.runId,
        nested_depth: run.nestedDepth,
      };
  }
}

function eventFields(
  body: RunEventBody,
  { componentType, runId }: Pick<RunIdentity, "componentType" | "runId">,
): Fields {
  switch (body.type) {
    case "RunStarted":
    case "ModelRequestStarted":
      return { model: body.model, model_provider: body.model_provider };
    case "RunRecovered":
      return { discarded_from_index: body.discarded_from_index, retry_of: body.retry_of };
    case "ModelRequestCompleted":
      return {
        model: body.model,
        model_provider: body.model_provider,
        input_tokens: body.input_tokens,
        output_tokens: body.output_tokens,
        total_tokens: body.total_tokens,
        time_to_first_token: body.time_to_first_token,
        reasoning_tokens: body.reasoning_tokens,
        cache_read_tokens: body.cache_read_tokens,
        cache_write_tokens: body.cache_write_tokens,
      };
    case "RunContent":
      // The reference server says no more of what is not the answer.
      if (body.intermediate === true) return { content: body.content, content_type: body.content_type };
      return {
        content: body.content,
        ...(componentType === "agent" ? { workflow_agent: false } : {}),
        content_type: body.content_type,
        reasoning_content: "",
      };
    case "RunContentCompleted":
    case "ReasoningStarted":
      return {};
    case "ReasoningContentDelta":
      return { reasoning_content: body.reasoning_content };
    case "ReasoningCompleted":
      return { content: body.content, content_type: body.content_type };
    case "ReasoningStep":
      return {
        content: body.content,
        content_type: body.content_type,
        reasoning_content: body.reasoning_content,
      };
    case "ToolCallStarted":
      return { tool: ordered(body.tool, TOOL_KEYS) };
    case "ToolCallCompleted":
      return {
        content: body.content,
        tool: ordered(body.tool, TOOL_KEYS),
        ...outputMedia(runId, body.media ?? []),
      };
    case "ToolCallError":
      return { error: body.error, tool: ordered(body.tool, TOOL_KEYS) };
    case "CompressionStarted":
    case "OutputModelResponseStarted":
    case "OutputModelResponseCompleted":
    case "ParserModelResponseStarted":
    case "ParserModelResponseCompleted":
    case "FollowupsStarted":
      return {};
    case "CompressionCompleted":
      return {
        tool_results_compressed: body.tool_results_compressed,
        original_size: body.original_size,
        compressed_size: body.compressed_size,
      };
    case "FollowupsCompleted":
      return { followups: body.followups };
    case "RunPaused":
      return {
        content: body.content,
        tools: body.tools.map((tool) => ordered(tool, TOOL_KEYS)),
        requirements: body.requirements.map(requirementFields),
      };
    case "RunContinued":
      return { tools: body.tools.map((tool) => ordered(tool, TOOL_KEYS)), input: body.input?.content };
    case "PreHookStarted":
    case "PreHookCompleted":
      return { pre_hook_name: body.pre_hook_name, run_input: body.run_input };
    case "PostHookStarted":
      return { post_hook_name: body.post_hook_name };
    case "PostHookCompleted":
      return { content: body.content, post_hook_name: body.post_hook_name };
    case "RunCompleted":
      return {
        content: structuredContent(body.content, body.content_type),
        content_type: body.content_type,
        reasoning_content: body.reasoning_content,
        reasoning_steps: body.reasoning_steps,
        session_state: body.session_state,
        metadata: body.metadata,
        followups: body.followups,
        metrics: ordered(body.metrics, METRICS_KEYS),
      };
    case "RunCancelled":
      return { content: body.content, reason: body.reason };
    case "RunError":
      return {
        content: body.content,
        error_type: body.error_type,
        error_id: body.error_id,
        additional_data: body.additional_data,
      };
  }
}

function requirementFields(requirement: RunRequirement): JsonObject {
  const fields = ordered(requirement, REQUIREMENT_KEYS);
  return { ...fields, tool_execution: ordered(requirement.tool_execution, TOOL_KEYS) };
}

function ordered(value: object, keys: readonly string[]): JsonObject {
  const source = value as Fields;
  const result: JsonObject = {};
  for (const key of keys) {
    const field = source[key];
    if (field !== undefined) result[key] = field;
  }
  return result;
}

/** Leaves out what is absent or null, as the reference server does on the top level of a frame. */
function present(fields: Fields): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) result[key] = value;
  }
  return result;
}
