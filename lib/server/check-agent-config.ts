import { agentDefinitionSchema } from "#lib/core/agent-definition.ts";
import type { ValidationIssue } from "#lib/core/app-error.ts";
import type { ComponentStage } from "#lib/core/component.ts";
import type { JsonObject } from "#lib/core/json.ts";
import { SCRIPTED_MODEL_ID, SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { validationFailure } from "#lib/core/validation-failure.ts";
import { wireIssues } from "#lib/core/wire-issues.ts";
import { findModelProvider } from "#lib/db/model-providers.ts";
import { userInputForm } from "#lib/runtime/user-input-form.ts";
import { checkCodeNames } from "./check-code-names.ts";
import { toolHookRegistry } from "./tool-hook-registry.ts";
import { toolRegistry } from "./tool-registry.ts";

const MAX_CONFIG_BYTES = 1024 * 1024;
const LOCATION = ["body", "config"];
/** A draft may still lack its model; everything else has a default or comes from the component. */
const draftSchema = agentDefinitionSchema.partial({ model: true });

interface ConfigOwner {
  id: string;
  name: string;
  description: string | null;
  stage: ComponentStage;
}

/**
 * Checks an agent's config as a request gives it and returns what is stored: the whole definition, its defaults filled
 * in, id, name and description taken from the component where the config has none. Instructions may come as a list of
 * lines. Throws the 422 that names the field: of the wrong shape, larger than 1 MB as a whole, another component's id,
 * a tool, a tool hook, an argument of a tool, a guardrail, a hook, a middleware or a model connection that does not exist.
 */
export async function checkAgentConfig(
  scope: Scope,
  config: JsonObject,
  owner: ConfigOwner,
): Promise<JsonObject> {
  const { instructions } = config;
  const whole = {
    ...config,
    id: config.id ?? owner.id,
    name: config.name ?? owner.name,
    description: config.description ?? owner.description ?? undefined,
    ...(Array.isArray(instructions) && instructions.every((line) => typeof line === "string")
      ? { instructions: instructions.join("\n") }
      : {}),
  };
  const schema = owner.stage === "draft" ? draftSchema : agentDefinitionSchema;
  const parsed = schema.safeParse(whole);
  if (!parsed.success) throw validationFailure(wireIssues(parsed.error.issues, LOCATION, whole));
  const definition = parsed.data;
  const issues: ValidationIssue[] = [];
  const refuse = (path: (string | number)[], msg: string, input: unknown) =>
    issues.push({ type: "value_error", loc: [...LOCATION, ...path], msg, input });
  if (definition.id !== owner.id) {
    refuse(["id"], `The id in the config must be the component's own, '${owner.id}'`, definition.id);
  }
  const known = toolRegistry();
  for (const [index, name] of definition.tools.entries()) {
    if (!known.has(name)) refuse(["tools", index], `There is no tool '${name}'`, name);
  }
  const hooks = toolHookRegistry();
  for (const [index, name] of definition.tool_hooks.entries()) {
    if (!hooks.has(name)) refuse(["tool_hooks", index], `There is no tool hook '${name}'`, name);
  }
  for (const [name, settings] of Object.entries(definition.tool_settings)) {
    if (!definition.tools.includes(name)) {
      refuse(["tool_settings", name], `The agent does not have the tool '${name}'`, name);
      continue;
    }
    const tool = known.get(name);
    const fields = tool === undefined ? [] : userInputForm(tool, {}).map((field) => field.name);
    for (const [index, field] of (settings.user_input_fields ?? []).entries()) {
      if (fields.includes(field)) continue;
      refuse(
        ["tool_settings", name, "user_input_fields", index],
        `The tool '${name}' has no argument '${field}'`,
        field,
      );
    }
  }
  checkCodeNames(definition, refuse);
  const { fallback_models: general, fallback_config: byCause } = definition;
  for (const { path, model } of [
    { path: ["model"], model: definition.model },
    ...general.map((model, index) => ({ path: ["fallback_models", index], model })),
    ...Object.entries(byCause).flatMap(([cause, models]) =>
      models.map((model, index) => ({ path: ["fallback_config", cause, index], model })),
    ),
    ...definition.guardrails.flatMap((guardrail, index) =>
      guardrail.kind === "prompt_injection" && guardrail.classifier !== undefined
        ? [{ path: ["guardrails", index, "classifier", "model"], model: guardrail.classifier.model }]
        : [],
    ),
  ]) {
    if (model === undefined) continue;
    const { provider, id } = model;
    if (provider === SCRIPTED_PROVIDER && id !== SCRIPTED_MODEL_ID) {
      refuse([...path, "id"], `The demo model is '${SCRIPTED_MODEL_ID}'; there is no '${id}'`, id);
    } else if (provider !== SCRIPTED_PROVIDER && (await findModelProvider(scope, provider)) === null) {
      refuse(
        [...path, "provider"],
        `There is no model connection '${provider}'. Connect it on the Models page first`,
        provider,
      );
    }
  }
  for (const [index, guardrail] of definition.guardrails.entries()) {
    if (guardrail.kind !== "moderation") continue;
    const provider = await findModelProvider(scope, guardrail.model.provider);
    if (provider?.kind === "openai" || provider?.kind === "openai-compatible") continue;
    refuse(
      ["guardrails", index, "model", "provider"],
      `Moderation takes a connection to OpenAI, or to a server that speaks its API; '${guardrail.model.provider}' is none`,
      guardrail.model.provider,
    );
  }
  const json = JSON.stringify(definition);
  if (Buffer.byteLength(json) > MAX_CONFIG_BYTES) refuse([], "The definition is larger than 1 MB", null);
  if (issues.length > 0) throw validationFailure(issues);
  return JSON.parse(json) as JsonObject;
}
