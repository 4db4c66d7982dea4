import type { ComponentConfig } from "#lib/core/component.ts";
import type { Scope } from "#lib/core/scope.ts";
import { componentConfigOnWire } from "./component-config-on-wire.ts";
import { requireComponentVersion } from "./require-component-version.ts";

/** One version of a component. Throws not_found. */
export async function getComponentConfig(
  scope: Scope,
  id: string,
  version: number,
): Promise<ComponentConfig> {
  return componentConfigOnWire(await requireComponentVersion(scope, id, version));
}
