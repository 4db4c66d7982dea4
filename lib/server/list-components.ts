import type { Component } from "#lib/core/component.ts";
import { pageMeta } from "#lib/core/page.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { ComponentType } from "#lib/core/session.ts";
import { listComponents as readComponents } from "#lib/db/components.ts";
import { componentOnWire } from "./component-on-wire.ts";

/** One page of the stored components, newest first, in the wire's envelope. */
export async function listComponents(
  scope: Scope,
  query: { type: ComponentType | null; page: number; limit: number },
): Promise<{ data: Component[]; meta: ReturnType<typeof pageMeta> }> {
  const { type, page, limit } = query;
  const startedAt = performance.now();
  const { components, totalCount } = await readComponents(scope, { type, limit, offset: (page - 1) * limit });
  const searchTimeMs = performance.now() - startedAt;
  return { data: components.map(componentOnWire), meta: pageMeta({ page, limit, totalCount, searchTimeMs }) };
}
