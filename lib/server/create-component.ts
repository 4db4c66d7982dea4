import { CODE_COMPONENTS } from "#agents/index.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Component, CreateComponent } from "#lib/core/component.ts";
import { idFromName } from "#lib/core/id-from-name.ts";
import type { Scope } from "#lib/core/scope.ts";
import { insertComponent } from "#lib/db/components.ts";
import { checkAgentConfig } from "./check-agent-config.ts";
import { componentOnWire } from "./component-on-wire.ts";

/**
 * Stores a component with its first version; a published one is at once the current one, unless `set_current` is false.
 * Throws conflict when the id belongs to another component, stored or in code, and invalid where the config is at fault.
 */
export async function createComponent(scope: Scope, input: CreateComponent): Promise<Component> {
  const id = input.component_id ?? idFromName(input.name, input.component_type);
  if (CODE_COMPONENTS.some(({ definition }) => definition.id === id)) {
    throw new AppError(
      "conflict",
      `The id '${id}' belongs to an agent that is defined in code. Choose another.`,
    );
  }
  const { name, stage } = input;
  const description = input.description ?? null;
  const config = await checkAgentConfig(scope, input.config ?? {}, { id, name, description, stage });
  const record = await insertComponent(scope, {
    id,
    type: input.component_type,
    name,
    description: description ?? (typeof config.description === "string" ? config.description : null),
    metadata: input.metadata ?? null,
    version: {
      stage,
      label: input.label ?? null,
      notes: input.notes ?? null,
      config,
      isCurrent: stage === "published" && input.set_current,
    },
  });
  if (record === null) {
    throw new AppError("conflict", `There is a component with the id '${id}' already. Choose another.`);
  }
  return componentOnWire(record);
}
