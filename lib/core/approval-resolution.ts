import type { ResolveApproval } from "./approval.ts";
import type { Decision } from "./decision.ts";

/** A person's decision as the body of an approval's `resolve`. */
export function approvalResolution(decision: Decision): ResolveApproval {
  switch (decision.kind) {
    case "approve":
      return {
        status: "approved",
        ...(decision.args === null ? {} : { resolution_data: { tool_args: decision.args } }),
      };
    case "again":
      return { status: "approved", resolution_data: { confirmed: true } };
    case "reject":
      return {
        status: "rejected",
        ...(decision.note === null ? {} : { resolution_data: { note: decision.note } }),
      };
    case "values":
      return { status: "approved", resolution_data: { values: decision.values } };
    case "choices": {
      const choices = Object.fromEntries(
        Object.entries(decision.choices).map(([question, labels]) => [question, [...labels]]),
      );
      return { status: "approved", resolution_data: { choices } };
    }
    case "result":
      return { status: "approved", resolution_data: { result: decision.result } };
  }
}
