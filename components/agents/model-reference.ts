import type { ModelReference } from "#lib/core/model-reference.ts";

/** A model as one string, for a control's value: `openai/gpt-5-mini`. Provider ids have no slash. */
export function joinModelReference(model: ModelReference): string {
  return `${model.provider}/${model.id}`;
}

/** The model that `joinModelReference` made the string of. */
export function splitModelReference(value: string): ModelReference {
  const slash = value.indexOf("/");
  return { provider: value.slice(0, slash), id: value.slice(slash + 1) };
}
