import type { ComponentConfig } from "#lib/core/component.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listComponentVersions } from "#lib/db/component-versions.ts";
import { componentConfigOnWire } from "./component-config-on-wire.ts";
import { requireComponent } from "./require-component.ts";

/** A component's versions, newest first, with or without what they hold. Throws not_found. */
export async function listComponentConfigs(
  scope: Scope,
  id: string,
  withConfig: boolean,
): Promise<ComponentConfig[]> {
  await requireComponent(scope, id);
  return (await listComponentVersions(scope, id, withConfig)).map(componentConfigOnWire);
}
