import type { LanguageModelV4Message } from "@ai-sdk/provider";
import type { JsonObject, JsonValue } from "../core/json.ts";
import type { RunTurn, TurnToolCall } from "../core/run-turns.ts";
import { toolAnswer } from "../core/tool-answer.ts";
import { assistantMessage } from "./assistant-message.ts";
import { userMessage } from "./build-prompt.ts";
import { hashJson } from "./hash-json.ts";
import { mediaMessage } from "./media-message.ts";
import { toolMessage } from "./tool-message.ts";
import { completionSchema, internalRecord, type JournalInternals } from "./internal-record.ts";

const NO_FILES: ReadonlyMap<string, Uint8Array> = new Map();

/**
 * A turn as the model is told of it: what it said and called, and the results. A call without a result is left out,
 * for providers refuse those. `files` are the bytes of what its results have brought, by hash.
 */
export function turnMessages(
  turn: RunTurn,
  internals: JournalInternals,
  files: ReadonlyMap<string, Uint8Array> = NO_FILES,
): LanguageModelV4Message[] {
  const answered = turn.calls.filter((call) => call.finishedAtMs !== null);
  // Providers check that what they want back comes back whole; a turn that broke off is told without it.
  const whole = turn.completed !== null && answered.length === turn.calls.length;
  const said = assistantMessage(
    turn.retold ?? turn.text,
    turn.reasoning,
    answered.map(({ tool, askedArgs }) => ({
      id: tool.tool_call_id,
      name: tool.tool_name,
      input: askedArgs,
    })),
    whole && turn.retold === undefined ? storedLayout(turn, internals) : undefined,
  );
  const messages = turn.repair === null ? [] : [userMessage(turn.repair, [])];
  if (said !== null) messages.push(said);
  if (answered.length > 0) messages.push(toolMessage(answered.map(resultOf)));
  const brought = answered.flatMap(({ media = [] }) =>
    media.flatMap(({ filename, mime_type: mediaType, hash }) => {
      const bytes = files.get(hash);
      return bytes === undefined ? [] : [{ filename, mediaType, bytes }];
    }),
  );
  return [...messages, ...mediaMessage(brought)];
}

function resultOf(call: TurnToolCall) {
  const { tool, compressed } = call;
  const isRefused = tool.confirmed === false && tool.result === null;
  const full = isRefused ? toolAnswer(tool) : `${toolAnswer(tool)}${changeNote(call)}`;
  const text = compressed ?? full;
  const outcome = { text, isError: tool.tool_call_error === true, isRefused };
  return { id: tool.tool_call_id, name: tool.tool_name, outcome };
}

/**
 * What the call says stays what the model said, for providers sign it; what a person changed of it is told apart. What a
 * person was to fill in is no change, and of what hooks have prepared the model is not told.
 */
function changeNote({ tool, askedArgs, preparedArgs }: TurnToolCall): string {
  const { tool_args: left, requires_user_input: isFilledIn } = tool;
  if (isFilledIn === true || hashJson(left) === hashJson(preparedArgs ?? askedArgs)) return "";
  const told = preparedArgs === undefined ? left : withChanges(askedArgs, preparedArgs, left);
  if (hashJson(told) === hashJson(askedArgs)) return "";
  return `\n[A person changed the arguments before this was done: ${JSON.stringify(told)}]`;
}

/** Stands for a value in which a person's change cannot be told from what hooks have put there. */
const CHANGED = "(changed)";

/** What the model gave, with what a person has changed from what was put to them; without what hooks have added. */
function withChanges(asked: JsonObject, prepared: JsonObject, left: JsonObject): JsonObject {
  const names = new Set([...Object.keys(asked), ...Object.keys(left)]);
  return Object.fromEntries(
    [...names].flatMap((name): [string, JsonValue][] => {
      const value = toldValue(asked[name], prepared[name], left[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** One value as it is told; undefined for none. */
function toldValue(
  asked: JsonValue | undefined,
  prepared: JsonValue | undefined,
  left: JsonValue | undefined,
): JsonValue | undefined {
  const hashOf = (value: JsonValue | undefined) => (value === undefined ? null : hashJson(value));
  if (hashOf(prepared) === hashOf(left)) return asked;
  // A hook has added it, and somebody has changed that.
  if (asked === undefined && prepared !== undefined) return undefined;
  if (hashOf(asked) === hashOf(prepared)) return left;
  if (isObject(asked) && isObject(prepared) && isObject(left)) return withChanges(asked, prepared, left);
  return typeof left === "object" && left !== null ? CHANGED : left;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function storedLayout(turn: RunTurn, internals: JournalInternals) {
  if (turn.completedIndex === null) return undefined;
  return internalRecord(internals, turn.completedIndex, completionSchema)?.layout;
}
