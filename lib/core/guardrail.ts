import { z } from "zod";
import { modelReferenceSchema } from "./model-reference.ts";

/** What of a person a text may give away, and how it is called: on the wire, and in a sentence. */
export const PII_TYPES = {
  ssn: { label: "SSN", words: "a social security number" },
  card: { label: "Credit Card", words: "a card number" },
  email: { label: "Email", words: "an email address" },
  phone: { label: "Phone", words: "a phone number" },
  iban: { label: "IBAN", words: "a bank account number" },
  api_key: { label: "API Key", words: "a secret key" },
} as const;

export type PiiType = keyof typeof PII_TYPES;

/** Why a run is stopped, in the wire's words; a guardrail in code may have others of its own. */
export const CHECK_TRIGGERS = [
  "pii_detected",
  "prompt_injection",
  "off_topic",
  "input_not_allowed",
  "output_not_allowed",
  "validation_failed",
] as const;

/** Names of guardrails, hooks and model middleware in code. */
export const codeNameSchema = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,64}$/, "Use 1 to 64 letters, digits, hyphens and underscores.");

const piiTypeSchema = z.enum(Object.keys(PII_TYPES) as [PiiType, ...PiiType[]]);

const appliesToSchema = z
  .array(z.enum(["input", "output"]))
  .min(1, "Choose the input, the output or both.")
  .default(["input"]);

/** What becomes of a run whose check could not be made. */
const onErrorSchema = z.enum(["block", "allow"]).default("block");

const patternSchema = z.object({
  /** How it is called when it is found. */
  name: z.string().trim().min(1).max(60),
  pattern: z.string().min(1).max(500).refine(isPattern, "Write a regular expression that matches some text."),
});

const piiSchema = z
  .object({
    kind: z.literal("pii"),
    /** `mask` puts stars in its place before anything is stored; `refuse` stops the run and stores nothing of the text. */
    action: z.enum(["mask", "refuse"]).default("mask"),
    types: z.array(piiTypeSchema).max(20).default(["ssn", "card", "email", "phone"]),
    patterns: z.array(patternSchema).max(20).default([]),
    applies_to: appliesToSchema,
  })
  .refine(({ types, patterns }) => types.length + patterns.length > 0, {
    path: ["types"],
    message: "Choose at least one type, or give a pattern.",
  });

const promptInjectionSchema = z.object({
  kind: z.literal("prompt_injection"),
  /** A model that reads what the patterns let pass. */
  classifier: z.object({ model: modelReferenceSchema }).optional(),
  on_error: onErrorSchema,
});

const moderationSchema = z.object({
  kind: z.literal("moderation"),
  /** A moderation model of a connection that speaks OpenAI's API. */
  model: modelReferenceSchema,
  /** The provider's names of the categories that count; absent: all. */
  categories: z.array(z.string().min(1).max(100)).max(100).optional(),
  applies_to: appliesToSchema,
  on_error: onErrorSchema,
});

const customSchema = z.object({
  kind: z.literal("custom"),
  /** Of a guardrail in code; it says itself what it looks at. */
  name: codeNameSchema,
  on_error: onErrorSchema,
});

/** A check of what goes into a run or comes out of it. */
export const guardrailSchema = z.discriminatedUnion("kind", [
  piiSchema,
  promptInjectionSchema,
  moderationSchema,
  customSchema,
]);

export type Guardrail = z.infer<typeof guardrailSchema>;

/** A guardrail of one kind. */
export type GuardrailOf<K extends Guardrail["kind"]> = Extract<Guardrail, { kind: K }>;

export type CheckPhase = "input" | "output";

/** A hook in code that an agent wants run. In the background: after the reply of a run that was completed. */
export const hookReferenceSchema = z.object({
  name: codeNameSchema,
  background: z.boolean().default(false),
});

export type HookReference = z.infer<typeof hookReferenceSchema>;

/** False for what is no regular expression, and for one that matches nothing at all: it would mask nothing, for ever. */
function isPattern(source: string): boolean {
  try {
    return !new RegExp(source, "u").test("");
  } catch {
    return false;
  }
}
