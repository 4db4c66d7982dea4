import { AppError } from "#lib/core/app-error.ts";
import type { Component, UpdateComponent } from "#lib/core/component.ts";
import type { Scope } from "#lib/core/scope.ts";
import { setCurrentVersion, updateComponent as storeComponent } from "#lib/db/components.ts";
import { changedMeanwhile } from "./changed-meanwhile.ts";
import { componentOnWire } from "./component-on-wire.ts";
import { requireComponent } from "./require-component.ts";
import { requirePublishedVersion } from "./require-published-version.ts";

/**
 * Changes a component's name, description or metadata, or makes another published version the current one. A change of
 * version and of texts is refused in one call: the version brings texts of its own.
 * Throws not_found, bad_request, and conflict when somebody else was faster.
 */
export async function updateComponent(scope: Scope, id: string, input: UpdateComponent): Promise<Component> {
  const component = await requireComponent(scope, id);
  const { name, description, metadata } = input;
  const change = {
    ...(name === undefined || name === component.name ? {} : { name }),
    ...(description === undefined || description === component.description ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  const changesTexts = Object.keys(change).length > 0;
  if (input.current_version !== undefined && input.current_version !== component.currentVersion) {
    if (changesTexts) {
      throw new AppError(
        "bad_request",
        "Change current_version in one call and the other fields in another.",
      );
    }
    await requirePublishedVersion(scope, id, input.current_version);
    const record = await setCurrentVersion(scope, id, input.current_version);
    if (record === null) throw changedMeanwhile(id);
    return componentOnWire(record);
  }
  if (!changesTexts) return componentOnWire(component);
  const record = await storeComponent(scope, id, component.updatedAt, change);
  if (record === null) throw changedMeanwhile(id);
  return componentOnWire(record);
}
