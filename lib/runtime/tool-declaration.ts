import type { LanguageModelV4FunctionTool } from "@ai-sdk/provider";
import { z } from "zod";
import type { Tool } from "../core/tool.ts";

/** A tool as models are told of it, and the same as text for the record of a prompt. */
export interface ToolDeclaration {
  function: LanguageModelV4FunctionTool;
  json: string;
}

const declarations = new WeakMap<Tool, ToolDeclaration>();

/** Returns what models are told of a tool. The JSON schema is computed once per tool. */
export function declareTool(tool: Tool): ToolDeclaration {
  const known = declarations.get(tool);
  if (known !== undefined) return known;
  const { $schema: _, ...inputSchema } = z.toJSONSchema(tool.input, { target: "draft-7", io: "input" });
  const declared: LanguageModelV4FunctionTool = {
    type: "function",
    name: tool.name,
    description: tool.description,
    // zod's type of a JSON schema is wider (it knows draft 2020-12); the target above keeps to draft 7.
    inputSchema: inputSchema as LanguageModelV4FunctionTool["inputSchema"],
  };
  const declaration = { function: declared, json: JSON.stringify(declared) };
  declarations.set(tool, declaration);
  return declaration;
}
