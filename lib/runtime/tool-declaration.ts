import type { LanguageModelV4FunctionTool } from "@ai-sdk/provider";
import type { JsonObject, JsonValue } from "../core/json.ts";
import type { Tool } from "../core/tool.ts";
import { inputJsonSchema } from "./input-json-schema.ts";
import { isFilledByPerson } from "./is-filled-by-person.ts";

/** A tool as models are told of it, and the same as text for the record of a prompt. */
export interface ToolDeclaration {
  function: LanguageModelV4FunctionTool;
  json: string;
}

const declarations = new WeakMap<Tool, ToolDeclaration>();

/** Returns what models are told of a tool: without the arguments that a person fills in. Computed once per tool. */
export function declareTool(tool: Tool): ToolDeclaration {
  const known = declarations.get(tool);
  if (known !== undefined) return known;
  const declared: LanguageModelV4FunctionTool = {
    type: "function",
    name: tool.name,
    description: tool.description,
    inputSchema: toldSchema(tool),
  };
  const declaration = { function: declared, json: JSON.stringify(declared) };
  declarations.set(tool, declaration);
  return declaration;
}

function toldSchema(tool: Tool): JsonObject {
  const { properties, required, ...schema } = inputJsonSchema(tool);
  const told = (name: JsonValue) => typeof name === "string" && !isFilledByPerson(tool, name);
  return {
    ...schema,
    ...(isObject(properties)
      ? { properties: Object.fromEntries(Object.entries(properties).filter(([name]) => told(name))) }
      : {}),
    ...(Array.isArray(required) ? { required: required.filter(told) } : {}),
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
