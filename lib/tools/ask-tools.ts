import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";

const inputSchema = z.object({
  user_input_fields: z
    .array(
      z.object({
        field_name: z.string().min(1).max(128).describe("A short name for the value, such as email."),
        field_type: z.enum(["str", "int", "float", "bool", "list", "dict"]).default("str"),
        field_description: z.string().max(1_000).default("").describe("What the user is asked for."),
      }),
    )
    .min(1)
    .max(20),
});

const questionsSchema = z.object({
  questions: z
    .array(
      z.object({
        question: z.string().min(1).max(1_000),
        header: z.string().max(60).optional().describe("One or two words above the question."),
        options: z
          .array(
            z.object({ label: z.string().min(1).max(200), description: z.string().max(1_000).optional() }),
          )
          .min(1)
          .max(20),
        multi_select: z.boolean().default(false).describe("True when several answers may be chosen."),
      }),
    )
    .min(1)
    .max(10),
});

/** The tool with which an agent asks for values that it lacks. The form that it asks for is its call's only effect. */
export const getUserInput: Tool<z.infer<typeof inputSchema>> = {
  name: "get_user_input",
  title: "Ask for values",
  description: "Ask the user to fill in values that you need and cannot know.",
  effect: "read",
  input: inputSchema,
  inquire: ({ user_input_fields: fields }) => ({
    kind: "user_input",
    fields: fields.map(({ field_name, field_type, field_description }) => ({
      name: field_name,
      field_type,
      description: field_description === "" ? null : field_description,
      value: null,
    })),
  }),
  execute: neverExecuted,
};

/** The tool with which an agent lets the user choose among answers. */
export const askUser: Tool<z.infer<typeof questionsSchema>> = {
  name: "ask_user",
  title: "Ask a question",
  description: "Ask the user questions with answers to choose from.",
  effect: "read",
  input: questionsSchema,
  inquire: ({ questions }) => ({
    kind: "user_feedback",
    questions: questions.map(({ question, header, options, multi_select }) => ({
      question,
      header: header ?? null,
      multi_select,
      options: options.map(({ label, description }) => ({
        label,
        description: description ?? null,
        selected: false,
      })),
      selected_options: null,
    })),
  }),
  execute: neverExecuted,
};

function neverExecuted(): Promise<never> {
  return Promise.reject(new Error("The answer of a person is this tool's result."));
}
