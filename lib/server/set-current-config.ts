import type { Component } from "#lib/core/component.ts";
import type { Scope } from "#lib/core/scope.ts";
import { setCurrentVersion } from "#lib/db/components.ts";
import { changedMeanwhile } from "./changed-meanwhile.ts";
import { componentOnWire } from "./component-on-wire.ts";
import { requireComponent } from "./require-component.ts";
import { requirePublishedVersion } from "./require-published-version.ts";

/** Makes a published version the one that new runs use. Throws not_found, and bad_request for a draft. */
export async function setCurrentConfig(scope: Scope, id: string, version: number): Promise<Component> {
  await requireComponent(scope, id);
  await requirePublishedVersion(scope, id, version);
  const record = await setCurrentVersion(scope, id, version);
  if (record === null) throw changedMeanwhile(id);
  return componentOnWire(record);
}
