import { formatCount } from "#lib/core/format-count.ts";
import type { TimelineStep } from "#lib/core/run-timeline.ts";

/** What a step's row says: its name (monospaced when a machine gave it) and one quiet line. */
export interface StepWords {
  name: string;
  machineName: string | null;
  line: string;
}

const LINE_LENGTH = 160;
const LONGEST_PARSED = 4_000;

/** Puts a step into words. */
export function stepWords(step: TimelineStep): StepWords {
  switch (step.kind) {
    case "started":
      return { name: "Run started", machineName: null, line: "" };
    case "model":
      return { name: "Model", machineName: step.model, line: modelLine(step) };
    case "reasoning":
      return { name: "Thought", machineName: null, line: oneLine(step.text) };
    case "answer":
      return {
        name: step.isDraft === true ? "Draft" : "Answer",
        machineName: null,
        line: oneLine(step.text),
      };
    case "tool":
      return {
        name: "",
        machineName: step.tool.tool_name,
        line: oneLine(
          `${step.fromCache === true ? "From the cache: " : ""}${step.error ?? step.thought ?? resultLine(step.tool.result) ?? valuesLine(step.tool.tool_args)}`,
        ),
      };
    case "paused":
      return { name: step.open ? "Waiting" : "Paused", machineName: null, line: waitingLine(step) };
    case "compression":
      return { name: "Shortened results", machineName: null, line: compressionLine(step) };
    case "check":
      return {
        name: step.isGuardrail ? "Guardrail" : "Hook",
        machineName: step.name,
        line: checkLine(step),
      };
    case "followups":
      return {
        name: "Suggested follow-ups",
        machineName: null,
        line: oneLine(step.usage?.followups.join(" · ") ?? ""),
      };
    case "output":
      return { name: "Answer written", machineName: modelOf(step.calls), line: "by the output model" };
    case "parser":
      return {
        name: "Answer parsed",
        machineName: modelOf(step.calls),
        line: step.warning ?? "into JSON by the parser model",
      };
    case "recovered":
      return step.retryOf === undefined
        ? { name: "Went on after a restart", machineName: null, line: givenUpLine(step) }
        : { name: "Tried again", machineName: null, line: oneLine(step.retryOf) };
    case "completed":
      return {
        name: "Done",
        machineName: null,
        line: step.warning ?? `${formatCount(step.characters)} characters`,
      };
    case "cancelled":
      return { name: "Cancelled", machineName: null, line: step.reason };
    case "failed":
      return step.trigger === undefined
        ? { name: "Failed", machineName: step.errorType, line: oneLine(step.message) }
        : { name: "Not let through", machineName: step.trigger, line: oneLine(step.message) };
  }
}

function modelOf(calls: readonly { model: string }[] | null): string | null {
  return calls?.at(-1)?.model ?? null;
}

function givenUpLine({ characters, steps }: Extract<TimelineStep, { kind: "recovered" }>): string {
  if (characters > 0) return `${formatCount(characters)} characters are written anew`;
  return steps > 0 ? "the model is asked again" : "nothing was lost";
}

function waitingLine({ asked, answers }: Extract<TimelineStep, { kind: "paused" }>): string {
  const names = [...new Set(asked.map((tool) => tool.tool_name))].join(", ");
  if (answers === null) return `for a person, before ${names}`;
  const refused = answers.filter((tool) => tool.confirmed === false).length;
  return refused === 0
    ? `for a person, before ${names}`
    : `${names}: ${refused} of ${answers.length} refused`;
}

function checkLine({ isGuardrail, phase, result }: Extract<TimelineStep, { kind: "check" }>): string {
  const what = phase === "input" ? "message" : "answer";
  if (result === null) return `looks at the ${what}`;
  if (result.error !== null) return oneLine(result.error);
  const found = Object.entries(result.found).map(([label, count]) => `${count} × ${label}`);
  if (found.length > 0) return `masked ${found.join(", ")}`;
  if (result.isChanged) return `changed the ${what}`;
  return isGuardrail ? "nothing found" : "done";
}

function compressionLine({ usage }: Extract<TimelineStep, { kind: "compression" }>): string {
  if (usage === null) return "";
  const { tool_results_compressed: count, original_size: from, compressed_size: to } = usage;
  if (count === 0) return "none could be made shorter";
  return `${formatCount(count)} of ${formatCount(usage.results.length)}, ${formatCount(from)} to ${formatCount(to)} characters`;
}

function modelLine(step: Extract<TimelineStep, { kind: "model" }>): string {
  if (step.usage === null) return "";
  const failed = (step.usage.failed_models ?? []).map(({ model }) => model);
  const inPlaceOf = failed.length === 0 ? "" : `in place of ${failed.join(", ")} · `;
  return `${inPlaceOf}${formatCount(step.usage.input_tokens)} in, ${formatCount(step.usage.output_tokens)} out`;
}

/** A small JSON object reads better as its names and values. */
function resultLine(result: string | null): string | null {
  if (result === null || !result.startsWith("{") || result.length > LONGEST_PARSED) return result;
  try {
    const entries = Object.entries(JSON.parse(result) as Record<string, unknown>);
    return entries.map(([name, value]) => `${name} ${valuesLine({ value })}`).join(", ");
  } catch {
    return result;
  }
}

function valuesLine(values: Record<string, unknown>): string {
  return Object.values(values)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
    .join(", ");
}

function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * LINE_LENGTH)
    .replaceAll(/\*\*|`/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}…` : line;
}
