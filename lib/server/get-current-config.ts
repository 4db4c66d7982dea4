import { AppError } from "#lib/core/app-error.ts";
import type { ComponentConfig } from "#lib/core/component.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findCurrentVersion } from "#lib/db/component-versions.ts";
import { componentConfigOnWire } from "./component-config-on-wire.ts";
import { requireComponent } from "./require-component.ts";

/** The version that new runs use, or the newest draft while none is published. Throws not_found. */
export async function getCurrentConfig(scope: Scope, id: string): Promise<ComponentConfig> {
  await requireComponent(scope, id);
  const record = await findCurrentVersion(scope, id);
  if (record === null) throw new AppError("not_found", `No current config for ${id}`);
  return componentConfigOnWire(record);
}
