import type { Component } from "#lib/core/component.ts";
import type { Scope } from "#lib/core/scope.ts";
import { componentOnWire } from "./component-on-wire.ts";
import { requireComponent } from "./require-component.ts";

/** One stored component. Throws not_found. */
export async function getComponent(scope: Scope, id: string): Promise<Component> {
  return componentOnWire(await requireComponent(scope, id));
}
