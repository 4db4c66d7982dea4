import { z } from "zod";

/** The built-in demo model: rules instead of weights, always there, free. */
export const SCRIPTED_PROVIDER = "scripted";
export const SCRIPTED_MODEL_ID = "demo-1";

export const modelProviderKindSchema = z.enum(["openai", "anthropic", "google", "openai-compatible"]);

export type ModelProviderKind = z.infer<typeof modelProviderKindSchema>;

/** What a form needs to know about a kind of provider. */
interface ProviderKind {
  kind: ModelProviderKind;
  label: string;
  needsKey: boolean;
  /** Null where the person must say. */
  defaultBaseUrl: string | null;
  /** Where a key is made. */
  keyUrl: string | null;
  keyHelp: string;
  exampleModels: readonly string[];
}

/** The kinds of provider in the order of the form. */
export const PROVIDER_KINDS: readonly ProviderKind[] = [
  {
    kind: "openai",
    label: "OpenAI",
    needsKey: true,
    defaultBaseUrl: "https://api.openai.com/v1",
    keyUrl: "https://platform.openai.com/api-keys",
    keyHelp: "Make a key on OpenAI's API keys page; it begins with sk-.",
    exampleModels: ["gpt-5-mini", "gpt-5", "gpt-4.1-mini", "gpt-4o-mini"],
  },
  {
    kind: "anthropic",
    label: "Anthropic",
    needsKey: true,
    defaultBaseUrl: "https://api.anthropic.com/v1",
    keyUrl: "https://console.anthropic.com/settings/keys",
    keyHelp: "Make a key in the Anthropic console; it begins with sk-ant-.",
    exampleModels: ["claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-5"],
  },
  {
    kind: "google",
    label: "Google",
    needsKey: true,
    defaultBaseUrl: "https://generativelanguage.googleapis.com/v1beta",
    keyUrl: "https://aistudio.google.com/apikey",
    keyHelp: "Make a key in Google AI Studio.",
    exampleModels: ["gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.5-flash-lite"],
  },
  {
    kind: "openai-compatible",
    label: "OpenAI-compatible",
    needsKey: false,
    defaultBaseUrl: null,
    keyUrl: null,
    keyHelp: "Local servers usually need no key; hosted ones have their own page for it.",
    exampleModels: [],
  },
];

/** Addresses of servers that people run themselves, as those servers' documentation gives them. */
export const COMPATIBLE_PRESETS: readonly { id: string; label: string; baseUrl: string }[] = [
  { id: "ollama", label: "Ollama", baseUrl: "http://localhost:11434/v1" },
  { id: "lm-studio", label: "LM Studio", baseUrl: "http://localhost:1234/v1" },
  { id: "llama-cpp", label: "llama.cpp server", baseUrl: "http://localhost:8080/v1" },
  { id: "vllm", label: "vLLM", baseUrl: "http://localhost:8000/v1" },
];

/** The vendor's name as the wire's `model_provider` and the screens show it. */
export function providerKindLabel(kind: ModelProviderKind): string {
  return PROVIDER_KINDS.find((entry) => entry.kind === kind)?.label ?? kind;
}

const nameSchema = z.string().trim().min(1, "Give the connection a name.").max(80);
const apiKeySchema = z
  .string()
  .trim()
  .min(1, "The key is empty.")
  .max(4_096)
  .regex(/^[\x21-\x7e]+$/, "A key has no spaces and no special characters. Copy it again.");
const baseUrlSchema = z
  .string()
  .trim()
  .max(2_048)
  .refine(
    isPlainHttpUrl,
    "Give an address such as http://localhost:11434/v1, without a user name or a query.",
  )
  .transform((url) => url.replace(/\/+$/, ""));
const modelsSchema = z.array(z.string().trim().min(1).max(256)).max(500);

function isPlainHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isHttp = url.protocol === "http:" || url.protocol === "https:";
  return isHttp && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
}

/** Body of POST /model-providers. Without `id` the id comes from the name. */
export const createModelProviderSchema = z
  .strictObject({
    id: z
      .string()
      .max(64)
      .regex(/^[a-z0-9][a-z0-9-]*$/, "Use lower-case letters, digits and hyphens.")
      .optional(),
    kind: modelProviderKindSchema,
    name: nameSchema,
    base_url: baseUrlSchema.nullish(),
    api_key: apiKeySchema.nullish(),
    models: modelsSchema.default([]),
    enabled: z.boolean().default(true),
  })
  .superRefine((value, context) => {
    const kind = PROVIDER_KINDS.find((entry) => entry.kind === value.kind);
    if (kind?.needsKey === true && (value.api_key ?? null) === null) {
      context.addIssue({
        code: "custom",
        path: ["api_key"],
        message: `${kind.label} needs a key. ${kind.keyHelp}`,
      });
    }
    if (kind?.defaultBaseUrl === null && (value.base_url ?? null) === null) {
      context.addIssue({ code: "custom", path: ["base_url"], message: "Give the server's address." });
    }
  });

export type CreateModelProvider = z.infer<typeof createModelProviderSchema>;

/** Body of PATCH /model-providers/{provider_id}. Absent means unchanged; `api_key` null removes the key. */
export const updateModelProviderSchema = z.strictObject({
  name: nameSchema.optional(),
  base_url: baseUrlSchema.nullish(),
  api_key: apiKeySchema.nullish(),
  models: modelsSchema.optional(),
  enabled: z.boolean().optional(),
});

export type UpdateModelProvider = z.infer<typeof updateModelProviderSchema>;

/** Body of POST /model-providers/{provider_id}/test. */
export const testModelProviderSchema = z
  .strictObject({
    /** The model to ask; without it the first saved one, else one from the provider's list. */
    model: z.string().trim().min(1).max(256).nullish(),
  })
  .prefault({});

/** Body of POST /model-providers/test: a connection that need not be saved. */
export const testModelProviderDraftSchema = z.strictObject({
  kind: modelProviderKindSchema,
  base_url: baseUrlSchema.nullish(),
  api_key: apiKeySchema.nullish(),
  /** The model to ask; without it one is picked from the provider's list. */
  model: z.string().trim().min(1).max(256).nullish(),
  /** A saved connection whose key is used when `api_key` is absent; its address must be the same. */
  provider_id: z.string().min(1).max(128).nullish(),
});

export type TestModelProviderDraft = z.infer<typeof testModelProviderDraftSchema>;

/**
 * A connection as the API shows it; its key never leaves the server. `base_url`, `key_hint` and `last_test_detail` are
 * null for callers who may not change connections. Times are ISO 8601.
 */
export const modelProviderSchema = z.object({
  id: z.string(),
  kind: modelProviderKindSchema,
  name: z.string(),
  base_url: z.string().nullable(),
  has_key: z.boolean(),
  /** The last four characters of the key. */
  key_hint: z.string().nullable(),
  models: z.array(z.string()),
  enabled: z.boolean(),
  last_tested_at: z.string().nullable(),
  last_test_ok: z.boolean().nullable(),
  last_test_detail: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type ModelProvider = z.infer<typeof modelProviderSchema>;

/** What a connection test found out. */
export const connectionTestSchema = z.object({
  ok: z.boolean(),
  /** One sentence for a person: what works, or what is wrong and what to do. */
  detail: z.string(),
  /** The provider's model ids; empty when it has no list. */
  models: z.array(z.string()),
  /** The model that was asked, if any. */
  model: z.string().nullable(),
  duration_ms: z.number().int().nonnegative(),
});

export type ConnectionTest = z.infer<typeof connectionTestSchema>;

/** A model that an agent may think with: the demo model, or a saved one of a connection that is switched on. */
export interface SelectableModel {
  /** The connection's id, or `scripted`. */
  provider: string;
  providerName: string;
  id: string;
}

/** One entry of GET /models. */
export const modelInUseSchema = z.object({ id: z.string(), provider: z.string() });

export type ModelInUse = z.infer<typeof modelInUseSchema>;
