import type { z } from "zod";

/** The sentence below a control for an issue that has none of its own. */
export function formSentence(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") {
    return issue.expected === "number" || issue.expected === "int" ? "Write a number." : undefined;
  }
  if (issue.code === "too_small") {
    return issue.origin === "string" ? "Fill this in." : `At least ${String(issue.minimum)}.`;
  }
  if (issue.code === "too_big") {
    const most = Number(issue.maximum).toLocaleString("en-GB");
    return issue.origin === "string" ? `At most ${most} characters.` : `At most ${most}.`;
  }
  return undefined;
}
