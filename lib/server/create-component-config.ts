import type { ComponentConfig, CreateConfig } from "#lib/core/component.ts";
import type { Scope } from "#lib/core/scope.ts";
import { insertComponentVersion } from "#lib/db/component-versions.ts";
import { isUniqueViolation } from "#lib/db/is-unique-violation.ts";
import { changedMeanwhile } from "./changed-meanwhile.ts";
import { checkAgentConfig } from "./check-agent-config.ts";
import { componentConfigOnWire } from "./component-config-on-wire.ts";
import { requireComponent } from "./require-component.ts";

/**
 * Adds the next version of a component. A published one becomes the current one at once, unless `set_current` is false,
 * and brings its name and description to the component: that is how a form saves, in one statement.
 * Throws not_found, invalid, and conflict when `version` or `expected_version` does not hold (any more).
 */
export async function createComponentConfig(
  scope: Scope,
  id: string,
  input: CreateConfig,
): Promise<ComponentConfig> {
  const { name, description } = await requireComponent(scope, id);
  const { stage } = input;
  const config = await checkAgentConfig(scope, input.config, { id, name, description, stage });
  const record = await insertComponentVersion(scope, id, {
    stage,
    label: input.label ?? null,
    notes: input.notes ?? null,
    config,
    isCurrent: stage === "published" && input.set_current,
    version: input.version ?? null,
    expectedCurrent: input.expected_version ?? null,
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) return null;
    throw error;
  });
  if (record === null) throw changedMeanwhile(id);
  return componentConfigOnWire(record);
}
