import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { AgentDefinition } from "../core/agent-definition.ts";
import { schemaTitle } from "../core/schema-title.ts";
import type { BoundModel } from "./ports.ts";

/** How a model is told what its answer has to look like. */
export interface AnswerFormat {
  responseFormat?: LanguageModelV4CallOptions["responseFormat"];
  /** What the prompt says of it; empty where the model takes the schema itself. */
  prompt: string;
}

/** The part of a definition that says what the answer has to look like, and how the model is told. */
export type WantedAnswer = Pick<AgentDefinition, "output_schema" | "use_json_mode" | "structured_outputs">;

/** The format of an agent's answers, or null when they are text: the schema itself, JSON mode and words, or words. */
export function answerFormat(
  definition: WantedAnswer,
  model: Pick<BoundModel, "structuredOutput">,
): AnswerFormat | null {
  const { output_schema: schema, use_json_mode: jsonMode, structured_outputs: wanted } = definition;
  if (schema === undefined) return null;
  const own = wanted === true ? "schema" : model.structuredOutput;
  const taken = wanted === false && own === "schema" ? "prompt" : own;
  switch (jsonMode ? "json" : taken) {
    case "schema": {
      const name = schemaTitle(schema)
        .replaceAll(/[^A-Za-z0-9_-]/g, "_")
        .slice(0, 64);
      return { responseFormat: { type: "json", schema, name }, prompt: "" };
    }
    case "json":
      return { responseFormat: { type: "json" }, prompt: inWords(schema) };
    case "prompt":
      return { prompt: inWords(schema) };
  }
}

function inWords(schema: object): string {
  return `Answer with one JSON object that fits this JSON schema, and with nothing before or after it:\n<json_schema>\n${JSON.stringify(schema)}\n</json_schema>`;
}
