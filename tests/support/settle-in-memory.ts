import type { JsonValue } from "#lib/core/json.ts";
import type { CallAnswer } from "#lib/core/posted-tools.ts";
import type { RequirementKind } from "#lib/core/requirement.ts";
import type { Tool } from "#lib/core/tool.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { waitsFor } from "#lib/core/waits-for.ts";
import { settleCall } from "#lib/runtime/settle-call.ts";
import { toolFingerprint } from "#lib/runtime/tool-fingerprint.ts";
import type { MemoryJournal } from "./memory-journal.ts";

/** An answer that decides nothing, with what a test lays over it. */
export function answerTo(tool: ToolExecution, decision: Partial<CallAnswer>): CallAnswer {
  return {
    toolCallId: tool.tool_call_id,
    requirementId: null,
    confirmed: null,
    note: null,
    args: null,
    answered: false,
    values: null,
    choices: null,
    result: null,
    ...decision,
  };
}

/** Settles all that a run in memory waits for, as the server does, and says so in its journal. */
export function settleInMemory(
  journal: MemoryJournal,
  tools: readonly Tool[],
  decide: (tool: ToolExecution, kind: RequirementKind) => CallAnswer,
): void {
  const paused = journal.bodies("RunPaused").at(-1);
  const decisions: JsonValue[] = [];
  const settled = (paused?.requirements ?? []).map((requirement) => {
    const asked = requirement.tool_execution;
    const tool = tools.find(({ name }) => name === asked.tool_name);
    const kind = requirement.kind ?? waitsFor(asked);
    if (tool === undefined || kind === null) throw new Error(`Nobody waits for ${asked.tool_name}.`);
    const fingerprint = toolFingerprint(tool);
    const call = settleCall({ kind, asked, toolFingerprint: fingerprint }, decide(asked, kind), tool);
    if (call === null) throw new Error(`Nothing was decided about ${asked.tool_name}.`);
    if (call.argumentsHash !== null) {
      decisions.push({
        tool_call_id: asked.tool_call_id,
        kind,
        approval_type: asked.approval_type,
        arguments_hash: call.argumentsHash,
        tool_fingerprint: fingerprint,
      });
    }
    return call.tool;
  });
  const index = journal.events.length;
  const last = journal.events.at(-1);
  if (last === undefined) throw new Error("The run was never begun.");
  journal.internals.set(index, { decisions });
  journal.events.push({
    ...last,
    index,
    lastIndex: index,
    body: { type: "RunContinued", tools: structuredClone(settled) },
  });
}
