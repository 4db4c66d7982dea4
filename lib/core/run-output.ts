import type { JournalEvent, RunIdentity } from "./journal.ts";
import type { JsonObject } from "./json.ts";
import { liveEvents } from "./live-events.ts";
import type { Message } from "./message.ts";
import { type RunLineage, wireLineage } from "./run-lineage.ts";
import type { RunMetrics, TokenUsage } from "./run-metrics.ts";
import type { RunStatus } from "./run-status.ts";
import type { RunRequirement } from "./requirement.ts";
import type { RunEventBodyOf } from "./run-event.ts";
import { runTurns, type TurnToolCall } from "./run-turns.ts";
import type { RunOutput } from "./run-wire.ts";
import { usageOfEvents } from "./usage-of-events.ts";
import { structuredContent } from "./structured-content.ts";
import type { ToolExecution } from "./tool-execution.ts";
import { mediaByKind, outputMedia } from "./wire-media.ts";
import { wireMetrics } from "./wire-metrics.ts";

/** The columns of a run's row that its wire form needs. */
export interface RunOutputRow extends TokenUsage, RunLineage {
  id: string;
  parentRunId: string | null;
  sessionId: string;
  subject: string | null;
  componentType: RunIdentity["componentType"];
  componentId: string;
  componentName: string;
  status: RunStatus;
  content: string | null;
  reasoningContent: string | null;
  errorMessage: string | null;
  costMicroUsd: number | null;
  timeToFirstTokenMs: number | null;
  durationMs: number | null;
  createdAt: Date;
}

/**
 * A run as the wire shows it whole, folded from its row and its journal (`events`, in order).
 * A failed run that wrote nothing says in `content` why it failed, as the reference server does.
 * `sessionState` is the session's, for runs that did not come to a RunCompleted.
 */
export function runOutput(
  row: RunOutputRow,
  events: readonly JournalEvent[],
  messages: Message[],
  sessionState: JsonObject,
): RunOutput {
  const live = liveEvents(events, row.id);
  const started = live.flatMap(({ body }) => (body.type === "RunStarted" ? [body] : []))[0];
  const completed = live.flatMap(({ body }) => (body.type === "RunCompleted" ? [body] : [])).at(-1);
  const turns = runTurns(live);
  const paused = live.flatMap(({ body }) => (body.type === "RunPaused" ? [body] : []));
  const waiting = row.status === "PAUSED" ? paused.at(-1)?.content : undefined;
  const content =
    completed?.content ??
    waiting ??
    (row.content || row.errorMessage || (turns.at(-1)?.retold ?? turns.at(-1)?.text));
  const contentType = completed?.content_type ?? "str";
  const called = turns.flatMap((turn) => turn.calls.map(wireTool));
  // What the run itself asks for is no call of a turn: it is told as long as it is open.
  const isCalled = (id: string) => called.some((tool) => tool.tool_call_id === id);
  const asking = row.status === "PAUSED" ? (paused.at(-1)?.tools ?? []) : [];
  const tools = [...called, ...asking.filter((tool) => !isCalled(tool.tool_call_id))];
  const answered = live.flatMap(({ body }) => (body.type === "RunContinued" ? body.tools : []));
  const reasoning = completed?.reasoning_content ?? (row.reasoningContent || undefined);
  const steps = live.flatMap(({ body }) => (body.type === "ReasoningStep" ? [body.content] : []));
  const output: RunOutput = {
    run_id: row.id,
    ...(row.parentRunId === null ? {} : { parent_run_id: row.parentRunId }),
    ...(row.componentType === "agent" ? { agent_id: row.componentId, agent_name: row.componentName } : {}),
    session_id: row.sessionId,
    ...(row.subject === null ? {} : { user_id: row.subject }),
    ...(content === undefined
      ? {}
      : { content: structuredContent(content, contentType), content_type: contentType }),
    ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
    ...(steps.length === 0 ? {} : { reasoning_steps: steps }),
    ...(started?.model === undefined ? {} : { model: started.model }),
    ...(started?.model_provider === undefined ? {} : { model_provider: started.model_provider }),
    session_state: completed?.session_state ?? sessionState,
    created_at: Math.floor(row.createdAt.getTime() / 1000),
    status: row.status,
    metrics: completed?.metrics ?? metricsOfRow(row, events),
    messages,
    tools,
    ...(paused.length === 0 ? {} : { requirements: requirementsOf(paused, [...tools, ...answered]) }),
    input: {
      input_content: started?.input?.content ?? "",
      ...mediaByKind(row.id, started?.input?.attachments ?? []),
    },
    ...outputMedia(
      row.id,
      turns.flatMap((turn) => turn.calls.flatMap(({ media = [] }) => media)),
    ),
    ...(completed?.followups === undefined ? {} : { followups: completed.followups }),
    ...wireLineage(row),
  };
  return completed?.metadata === undefined ? output : { ...output, metadata: completed.metadata };
}

/** A finished call no longer says that it waits. */
function wireTool({ tool, finishedAtMs }: TurnToolCall): ToolExecution {
  if (finishedAtMs === null) return tool;
  return {
    ...tool,
    requires_confirmation: tool.requires_confirmation === null ? null : false,
    requires_user_input: tool.requires_user_input === null ? null : false,
    external_execution_required: tool.external_execution_required === null ? null : false,
  };
}

/** Everything that the run has waited for, each with its call as it stands now. */
function requirementsOf(
  paused: readonly RunEventBodyOf<"RunPaused">[],
  tools: readonly ToolExecution[],
): RunRequirement[] {
  const byId = new Map(paused.flatMap(({ requirements }) => requirements).map((one) => [one.id, one]));
  return [...byId.values()].map((requirement) => {
    const id = requirement.tool_execution.tool_call_id;
    const now = tools.find((tool) => tool.tool_call_id === id);
    return { ...requirement, tool_execution: now ?? requirement.tool_execution };
  });
}

/** What a run used that has no final event. Other runs of its tree, and a fork's beginning, count for themselves. */
function metricsOfRow(row: RunOutputRow, events: readonly JournalEvent[]): RunMetrics {
  const usage: TokenUsage = {
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    totalTokens: row.totalTokens,
    reasoningTokens: row.reasoningTokens,
    cacheReadTokens: row.cacheReadTokens,
    cacheWriteTokens: row.cacheWriteTokens,
  };
  const { costMicroUsd, timeToFirstTokenMs, durationMs } = row;
  const own = events.filter(({ runId }) => runId === row.id);
  const forkedAt = own.findLastIndex(({ body }) => body.type === "RunContinued" && body.forked === true);
  const models = usageOfEvents(own.slice(forkedAt + 1));
  return wireMetrics({ usage, costMicroUsd, timeToFirstTokenMs, durationMs, models });
}
