import type { ASTNode } from "@marcbachmann/cel-js";
import canonicalize from "canonicalize";
import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import { evaluateExpression, expressionTree } from "./expression.ts";
import { shortKey } from "./short-key.ts";

/** How many of an event's values are looked up; for one with more, every wait for its name is tried. */
const MAX_VALUES = 200;

/**
 * The index key of a wait whose expression says that one value of the coming event equals something known now, such as
 * `event.data.id == async.data.id` or `async.data.id == "a"`, also as a part of a conjunction.
 * Null when it does not say so: then every event of the name must be tried.
 */
export function matchKeyOf(expression: string | null, event: JsonObject): string | null {
  if (expression === null) return null;
  return keyOfNode(expressionTree(expression), event);
}

function keyOfNode(node: ASTNode, event: JsonObject): string | null {
  if (node.op === "&&") return keyOfNode(node.args[0], event) ?? keyOfNode(node.args[1], event);
  if (node.op !== "==") return null;
  const [left, right] = node.args;
  const leftPath = asyncPath(left);
  const rightPath = asyncPath(right);
  if ((leftPath === null) === (rightPath === null)) return null;
  const known = leftPath === null ? left : right;
  const path = leftPath ?? rightPath ?? [];
  if (mentionsAsync(known)) return null;
  const value = evaluateExpression(known.input.slice(known.range.start, known.range.end), { event });
  return isScalar(value) ? keyText(path, value) : null;
}

/** The index keys of an event: those of waits that it may end. Null when it has too many values to look up. */
export function matchKeysOf(event: JsonObject): string[] | null {
  const keys: string[] = [];
  collect(event, [], keys);
  return keys.length > MAX_VALUES ? null : keys;
}

function collect(value: JsonValue | undefined, path: string[], keys: string[]): void {
  if (keys.length > MAX_VALUES) return;
  if (isScalar(value)) keys.push(keyText(path, value));
  else if (value !== undefined && !Array.isArray(value)) {
    for (const [name, entry] of Object.entries(value)) collect(entry, [...path, name], keys);
  }
}

function asyncPath(node: ASTNode): string[] | null {
  if (node.op === "id") return node.args === "async" ? [] : null;
  if (node.op !== ".") return null;
  const parent = asyncPath(node.args[0]);
  return parent === null ? null : [...parent, node.args[1]];
}

function mentionsAsync(node: ASTNode): boolean {
  return JSON.stringify(node.toOldStructure(), (_key, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  ).includes('["id","async"]');
}

function isScalar(value: JsonValue | undefined): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function keyText(path: readonly string[], value: string | number | boolean | null): string {
  return shortKey(`${path.join(".")}=${canonicalize(value) ?? ""}`);
}
