import type { RequirementKind } from "../core/requirement.ts";
import type { ApprovalType, Inquiry, Tool } from "../core/tool.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import type { ToolCall } from "./call-tool.ts";
import { hashJson } from "./hash-json.ts";
import type { CallDecision } from "./internal-record.ts";
import { newExecution } from "./new-execution.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";
import { userInputForm } from "./user-input-form.ts";

/** What a call waits for, and what a decision about it will be bound to. */
export interface HeldCall {
  kind: RequirementKind;
  approvalType: ApprovalType | null;
  /** Its place among the calls of its turn. */
  position: number;
  /** The call as it is put to a person. */
  asked: ToolExecution;
  argumentsHash: string;
  toolFingerprint: string;
}

/** Says what a call has to wait for; null when it may be made, or when it will only be refused. */
export function holdCall(call: ToolCall, position: number, nowMs: number): HeldCall | null {
  const { tool, input, decided } = call;
  if (tool === undefined || input.problem !== null) return null;
  const wanted = wants(tool, input.parsed);
  if (wanted === null) return null;
  const held = {
    kind: wanted.kind,
    approvalType: tool.approval ?? null,
    position,
    argumentsHash: hashJson(input.args),
    toolFingerprint: toolFingerprint(tool),
  };
  if (decided?.decisions.some((decision) => allows(decision, held)) === true) return null;
  const execution = newExecution(call.id, call.name, input.args, nowMs);
  return { ...held, asked: { ...execution, ...wanted.flags(call), approval_type: held.approvalType } };
}

type Bound = Omit<HeldCall, "asked">;

/** A decision counts for the tool and the arguments that the person has seen, and for nothing else. */
function allows(decision: CallDecision, held: Bound): boolean {
  return (
    decision.kind === held.kind &&
    decision.approval_type === held.approvalType &&
    decision.arguments_hash === held.argumentsHash &&
    decision.tool_fingerprint === held.toolFingerprint
  );
}

interface Wanted {
  kind: RequirementKind;
  flags(call: ToolCall): Partial<ToolExecution>;
}

function wants(tool: Tool, parsed: unknown): Wanted | null {
  if (tool.inquire !== undefined) return inquiry(tool.inquire(parsed));
  const { hold } = tool;
  switch (hold?.kind) {
    case "user_input":
      return {
        kind: "user_input",
        flags: ({ input }) => ({
          requires_user_input: true,
          user_input_schema: userInputForm(tool, input.args),
        }),
      };
    case "external_execution":
      return {
        kind: "external_execution",
        flags: () => ({
          external_execution_required: true,
          ...(hold.silent ? { external_execution_silent: true } : {}),
        }),
      };
    case "confirmation":
      return CONFIRMATION;
    case undefined:
      return tool.approval === "required" ? CONFIRMATION : null;
  }
}

const CONFIRMATION: Wanted = { kind: "confirmation", flags: () => ({ requires_confirmation: true }) };

function inquiry(asked: Inquiry): Wanted {
  switch (asked.kind) {
    case "user_input":
      return {
        kind: "user_input",
        flags: () => ({ requires_user_input: true, user_input_schema: asked.fields }),
      };
    case "user_feedback":
      return {
        kind: "user_feedback",
        flags: () => ({ requires_user_input: true, user_feedback_schema: asked.questions }),
      };
  }
}
