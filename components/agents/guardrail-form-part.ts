import { z } from "zod";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { Guardrail, guardrailSchema } from "#lib/core/guardrail.ts";
import { joinModelReference, splitModelReference } from "./model-reference.ts";

const onError = z.enum(["block", "allow"]);
const appliesTo = z.array(z.enum(["input", "output"]));

/** What the controls of one guardrail hold. */
const guardrailControl = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("pii"),
    action: z.enum(["mask", "refuse"]),
    types: z.array(z.string()),
    patterns: z.array(z.object({ name: z.string(), pattern: z.string() })),
    applies_to: appliesTo,
  }),
  z.object({
    kind: z.literal("prompt_injection"),
    /** Empty for patterns alone. */
    model: z.string(),
    on_error: onError,
  }),
  z.object({
    kind: z.literal("moderation"),
    provider: z.string(),
    model: z.string(),
    /** Separated by commas; empty for all. */
    categories: z.string(),
    applies_to: appliesTo,
    on_error: onError,
  }),
  z.object({ kind: z.literal("custom"), name: z.string(), on_error: onError }),
]);

export type GuardrailValues = z.infer<typeof guardrailControl>;

/** The values of one kind. */
export type GuardrailValuesOf<K extends GuardrailValues["kind"]> = Extract<GuardrailValues, { kind: K }>;

/** The controls of guardrails, hooks and model middleware. */
export const guardrailControls = {
  guardrails: z.array(guardrailControl.transform(definitionOf)),
  pre_hooks: z.array(z.object({ name: z.string(), background: z.boolean() })),
  post_hooks: z.array(z.object({ name: z.string(), background: z.boolean() })),
  model_middleware: z.array(z.string()),
};

function definitionOf(values: GuardrailValues): z.input<typeof guardrailSchema> {
  switch (values.kind) {
    case "pii":
      return { ...values, types: values.types as Extract<Guardrail, { kind: "pii" }>["types"] };
    case "prompt_injection": {
      const { model, ...rest } = values;
      return model === "" ? rest : { ...rest, classifier: { model: splitModelReference(model) } };
    }
    case "moderation": {
      const { provider, model, categories, ...rest } = values;
      const named = categories
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "");
      return {
        ...rest,
        model: { provider, id: model.trim() },
        ...(named.length === 0 ? {} : { categories: named }),
      };
    }
    case "custom":
      return values;
  }
}

/** The values of an empty form. */
export const NO_GUARDRAILS: z.input<z.ZodObject<typeof guardrailControls>> = {
  guardrails: [],
  pre_hooks: [],
  post_hooks: [],
  model_middleware: [],
};

/** The values that show an existing definition. */
export function guardrailValuesOf(
  definition: Pick<AgentDefinition, "guardrails" | "pre_hooks" | "post_hooks" | "model_middleware">,
): z.input<z.ZodObject<typeof guardrailControls>> {
  const { pre_hooks, post_hooks, model_middleware } = definition;
  return { guardrails: definition.guardrails.map(valuesOf), pre_hooks, post_hooks, model_middleware };
}

function valuesOf(guardrail: Guardrail): GuardrailValues {
  switch (guardrail.kind) {
    case "pii":
    case "custom":
      return guardrail;
    case "prompt_injection": {
      const { kind, on_error, classifier } = guardrail;
      return { kind, on_error, model: classifier === undefined ? "" : joinModelReference(classifier.model) };
    }
    case "moderation": {
      const { kind, on_error, applies_to, model, categories = [] } = guardrail;
      return {
        kind,
        on_error,
        applies_to,
        provider: model.provider,
        model: model.id,
        categories: categories.join(", "),
      };
    }
  }
}
