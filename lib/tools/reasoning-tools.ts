import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";

const title = z.string().min(1).max(200).describe("A short title of this step.");
const confidence = z.number().min(0).max(1).default(0.8).describe("How sure you are, from 0 to 1.");

const thinkSchema = z.object({
  title,
  thought: z.string().min(1).max(20_000).describe("What you think, in full."),
  action: z.string().max(2_000).optional().describe("What you will do next because of it."),
  confidence,
});

const analyzeSchema = z.object({
  title,
  result: z.string().max(20_000).describe("What came of the last action."),
  analysis: z.string().min(1).max(20_000).describe("What you make of it."),
  next_action: z
    .enum(["continue", "validate", "final_answer"])
    .default("continue")
    .describe("Whether to go on, to check the result, or to answer."),
  confidence,
});

/** A place to think before acting; each call is a step of the run's reasoning. */
export const think: Tool<z.infer<typeof thinkSchema>> = {
  name: "think",
  title: "Think",
  description:
    "Think a problem through, one step a call: before other tools are called, and as often as needed. Thoughts are kept beside the answer, not in it.",
  effect: "read",
  input: thinkSchema,
  reasoningStep: ({ title: named, thought, action, confidence: sure }) => ({
    title: named,
    action: action ?? null,
    result: null,
    reasoning: thought,
    next_action: "continue",
    confidence: sure,
  }),
  execute: () => Promise.resolve("Noted. Go on."),
};

/** A look at what an action has brought; each call is a step of the run's reasoning. */
export const analyze: Tool<z.infer<typeof analyzeSchema>> = {
  name: "analyze",
  title: "Analyze",
  description:
    "Judge what the last step or tool has brought, and decide whether to go on, to check it, or to answer. Kept beside the answer, not in it.",
  effect: "read",
  input: analyzeSchema,
  reasoningStep: ({ title: named, result, analysis, next_action, confidence: sure }) => ({
    title: named,
    action: null,
    result,
    reasoning: analysis,
    next_action,
    confidence: sure,
  }),
  execute({ next_action: next }) {
    switch (next) {
      case "continue":
        return Promise.resolve("Noted. Go on.");
      case "validate":
        return Promise.resolve("Noted. Check the result before you answer.");
      case "final_answer":
        return Promise.resolve("Noted. Give your answer now.");
    }
  },
};
