import { runStatusSchema } from "#lib/core/run-status.ts";
import type { RunOutput } from "#lib/core/run-wire.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { waitsFor } from "#lib/core/waits-for.ts";
import type { ApiClient } from "#tests/support/api-client.ts";
import type { AcknowledgedRun } from "./acknowledged-run.ts";

/** A call that a run waits with, as the API shows it. */
export interface PausedCall {
  tool: ToolExecution;
  /** Nobody knows what it did. */
  isUnknown: boolean;
}

/** How a run stands, and the calls that it waits with; null when the server does not say. */
export async function pausedCalls(
  client: ApiClient,
  run: AcknowledgedRun,
): Promise<{ status: RunOutput["status"]; calls: PausedCall[] } | null> {
  const path = `/agents/${run.agentId}/runs/${run.runId}?session_id=${run.sessionId}`;
  const answer = await client.json("GET", path);
  if (answer.status !== 200) return null;
  const output = answer.body as Pick<RunOutput, "tools" | "requirements">;
  const status = runStatusSchema.parse((answer.body as { status: unknown }).status);
  const open = status === "PAUSED" ? (output.tools ?? []).filter((tool) => waitsFor(tool) !== null) : [];
  const unknown = new Set(
    (output.requirements ?? []).flatMap(({ kind, tool_execution: tool }) =>
      kind === "effect_unknown" ? [tool.tool_call_id] : [],
    ),
  );
  const isUnknown = (tool: ToolExecution) =>
    unknown.has(tool.tool_call_id) && waitsFor(tool) === "external_execution";
  return { status, calls: open.map((tool) => ({ tool, isUnknown: isUnknown(tool) })) };
}
