import type { z } from "zod";
import type { JsonValue } from "#lib/core/json.ts";
import type { ApprovalType, Tool, ToolContext, ToolEffect, ToolHold, ToolHook } from "#lib/core/tool.ts";
import type { ToolResult } from "#lib/core/tool-result.ts";

const DEFAULT_TTL_SECONDS = 3_600;
const MOST_TTL_SECONDS = 30 * 86_400;

/** What a tool is made of; `effect` says what it does to the world, and there is no default on purpose. */
interface ToolParts<Schema extends z.ZodType> {
  /** Letters, digits, `_` and `-`, 64 at most: what every provider takes. */
  name: string;
  title?: string;
  description: string;
  effect: ToolEffect;
  input: Schema;
  /** Milliseconds. */
  timeoutMs?: number;
  /**
   * The most that one call may cost, in millionths of a US dollar. Under a budget it is set aside before the call and
   * counts in full once the call was begun, whatever came of it.
   */
  costMicroUsd?: number;
  /** Raised when the tool comes to do something else under the same name: what was decided about it before lapses. */
  version?: string;
  /** A person confirms or refuses each call before it is made. Only one of this and the next two. */
  requiresConfirmation?: boolean;
  /** A person fills in these fields of the arguments (an empty list: all of them); the model is not told of them. */
  requiresUserInput?: readonly string[];
  /** Whoever called the API does the work and gives the result; `silent` leaves the pause without a sentence. */
  externalExecution?: boolean | { silent: boolean };
  /**
   * `required`: each call waits for somebody who may write approvals, for a confirmation unless one of the three above
   * says for what. `audit`: what was decided is kept for the record; it goes with one of the three.
   */
  approval?: ApprovalType;
  /** What stands around each call, outermost first. */
  hooks?: readonly ToolHook[];
  /** For a tool that reads: the same call in the same session gets the result again, an hour long unless said otherwise. */
  cache?: boolean | { ttlSeconds?: number };
  /** The run ends after a call that did not fail, and its result is the run's answer. */
  stopAfterCall?: boolean;
  /** The result is shown as a part of the answer. */
  showResult?: boolean;
  execute(input: z.output<Schema>, context: ToolContext): Promise<JsonValue | ToolResult>;
}

/**
 * Makes a tool whose `execute` gets arguments of its schema's type. Throws when the name cannot be used, or when the
 * parts contradict each other.
 */
export function defineTool<Schema extends z.ZodType>(parts: ToolParts<Schema>): Tool {
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(parts.name)) {
    throw new Error(`The tool name "${parts.name}" needs 1 to 64 letters, digits, "_" or "-".`);
  }
  const hold = holdOf(parts);
  if (parts.approval === "audit" && hold === undefined) {
    throw new Error(`The tool "${parts.name}" keeps approvals for the record, but asks nobody for any.`);
  }
  const { costMicroUsd } = parts;
  if (costMicroUsd !== undefined && !(Number.isSafeInteger(costMicroUsd) && costMicroUsd >= 0)) {
    throw new Error(`The tool "${parts.name}" needs a price in whole millionths of a US dollar.`);
  }
  const ttlSeconds = ttlOf(parts);
  const { hooks = [], stopAfterCall = false, showResult = false } = parts;
  if ((stopAfterCall || showResult) && hold?.kind === "external_execution") {
    throw new Error(
      `The tool "${parts.name}" is executed elsewhere: its result comes as an answer, not from a call.`,
    );
  }
  return {
    name: parts.name,
    title: parts.title ?? parts.name,
    description: parts.description,
    effect: parts.effect,
    input: parts.input,
    ...(parts.timeoutMs === undefined ? {} : { timeoutMs: parts.timeoutMs }),
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
    ...(parts.version === undefined ? {} : { version: parts.version }),
    ...(hold === undefined ? {} : { hold }),
    ...(parts.approval === undefined ? {} : { approval: parts.approval }),
    ...(hooks.length === 0 ? {} : { hooks }),
    ...(ttlSeconds === undefined ? {} : { cacheTtlSeconds: ttlSeconds }),
    ...(stopAfterCall ? { stopAfterCall } : {}),
    ...(showResult ? { showResult } : {}),
    // The runtime hands over only what the schema has parsed.
    execute: (input, context) => parts.execute(input as z.output<Schema>, context),
  };
}

function holdOf<Schema extends z.ZodType>(parts: ToolParts<Schema>): ToolHold | undefined {
  const { name, requiresConfirmation, requiresUserInput, externalExecution } = parts;
  const holds: ToolHold[] = [
    ...(requiresConfirmation === true ? [{ kind: "confirmation" as const }] : []),
    ...(requiresUserInput === undefined ? [] : [{ kind: "user_input" as const, fields: requiresUserInput }]),
    ...(externalExecution === undefined || externalExecution === false
      ? []
      : [
          {
            kind: "external_execution" as const,
            silent: externalExecution !== true && externalExecution.silent,
          },
        ]),
  ];
  if (holds.length > 1) {
    throw new Error(
      `The tool "${name}" waits for one thing: a confirmation, values or a result from outside. Choose one.`,
    );
  }
  return holds[0];
}

function ttlOf<Schema extends z.ZodType>({ name, effect, cache }: ToolParts<Schema>): number | undefined {
  if (cache === undefined || cache === false) return undefined;
  if (effect !== "read") throw new Error(`The tool "${name}" does more than read: its results are not kept.`);
  const { ttlSeconds = DEFAULT_TTL_SECONDS } = cache === true ? {} : cache;
  if (!(ttlSeconds > 0 && ttlSeconds <= MOST_TTL_SECONDS)) {
    throw new Error(`The tool "${name}" may keep its results for up to ${MOST_TTL_SECONDS} seconds.`);
  }
  return ttlSeconds;
}
