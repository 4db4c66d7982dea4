import type { z } from "zod";
import type { JsonObject, JsonValue } from "../core/json.ts";
import { storableJson } from "../core/storable-json.ts";
import type { Tool } from "../core/tool.ts";
import { isFilledByPerson } from "./is-filled-by-person.ts";

/** Arguments that fit. */
export interface ReadInput {
  args: JsonObject;
  parsed: unknown;
  problem: null;
}

/** A call that is not made. */
interface RefusedInput {
  args: JsonObject;
  /** Why, worded for the model. */
  problem: string;
  /** The arguments can be read, and do not fit the tool's schema. */
  isMisfit?: true;
  /** The run ends with it: the problem is its answer. */
  stops?: true;
}

/** Arguments as the journal keeps them, and what is wrong with them, if anything is. */
export type ToolInput = ReadInput | RefusedInput;

const MAX_ISSUES = 10;

/**
 * Reads a call's arguments: JSON text of an object that fits the tool's schema. An undefined tool is one that
 * the agent does not have. What a person has yet to fill in may be missing or wrong: then `parsed` is of no use, and
 * the whole is read again with the person's values. Problems are worded for the model, which gets to try again.
 */
export function parseToolInput(
  tool: Tool | undefined,
  name: string,
  toolNames: readonly string[],
  text: string,
  maxChars: number,
): ToolInput {
  const read = readArguments(text, maxChars);
  if (tool === undefined) {
    const known = toolNames.length === 0 ? "There are none." : `The tools are: ${toolNames.join(", ")}.`;
    return { args: read.args, problem: `There is no tool named "${name}". ${known}` };
  }
  if (read.problem !== null) return { args: read.args, problem: read.problem };
  const checked = tool.input.safeParse(read.args);
  if (checked.success) return { args: read.args, parsed: checked.data, problem: null };
  const issues = checked.error.issues.filter(
    ({ path: [first] }) => !(typeof first === "string" && isFilledByPerson(tool, first)),
  );
  if (issues.length === 0) return { args: read.args, parsed: undefined, problem: null };
  return { args: read.args, problem: misfit(name, issues), isMisfit: true };
}

/** Reads a tool's arguments as people have left them: now nothing may be missing. */
export function parseWholeInput(tool: Tool, args: JsonObject): ToolInput {
  const checked = tool.input.safeParse(args);
  return checked.success
    ? { args, parsed: checked.data, problem: null }
    : { args, problem: misfit(tool.name, checked.error.issues), isMisfit: true };
}

function misfit(name: string, issues: readonly z.core.$ZodIssue[]): string {
  return `The arguments do not fit the tool ${name}: ${describe(issues)}.`;
}

function readArguments(text: string, maxChars: number): { args: JsonObject; problem: string | null } {
  if (text.length > maxChars)
    return { args: {}, problem: `The arguments are longer than ${maxChars} characters.` };
  let value: JsonValue;
  try {
    value = text.trim() === "" ? {} : storableJson(JSON.parse(text) as JsonValue).value;
  } catch (error) {
    // Text nested so deeply that it cannot be written out again ends here, too.
    const reason = error instanceof SyntaxError ? error.message : "nested too deeply";
    return { args: {}, problem: `The arguments are not valid JSON (${reason}).` };
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return { args: {}, problem: "The arguments must be a JSON object." };
  }
  return { args: value, problem: null };
}

function describe(all: readonly z.core.$ZodIssue[]): string {
  const issues = all.slice(0, MAX_ISSUES).map((issue) => {
    const place = issue.path.map(String).join(".");
    return place === "" ? issue.message : `${place}: ${issue.message}`;
  });
  const more = all.length - issues.length;
  return issues.join("; ") + (more > 0 ? `; and ${more} more` : "");
}
