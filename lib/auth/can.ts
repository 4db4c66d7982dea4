import { isAdministrator, type Principal } from "#lib/core/principal.ts";
import type { RequiredScope } from "#lib/core/required-scope.ts";

/**
 * Decides whether a caller may use a route; everything not granted is denied.
 * A scope is `resource:action` (all of them), `resource:*:action` (the same) or `resource:<id>:action` (that one, which
 * counts where the route names its `resourceParam`). `agent_os:admin` is everything; `system` is an old name of `config`.
 * `params` are the route's path parameters.
 */
export function can(
  principal: Principal,
  required: RequiredScope,
  params: Readonly<Record<string, string>>,
): boolean {
  if (required === "public" || required === "authenticated" || isAdministrator(principal)) return true;
  const wanted = parseScope(required.scope);
  if (wanted === null) return false;
  const id = required.resourceParam === undefined ? undefined : params[required.resourceParam];
  return principal.scopes.some((text) => {
    const held = parseScope(text);
    if (held === null || held.resource !== wanted.resource || held.action !== wanted.action) return false;
    return held.id === "*" || (id !== undefined && held.id === id);
  });
}

function parseScope(text: string): { resource: string; id: string; action: string } | null {
  const parts = text.split(":");
  if (parts.length < 2 || parts.length > 3 || parts.includes("")) return null;
  const [resource = "", middle = ""] = parts;
  return {
    resource: resource === "system" ? "config" : resource,
    id: parts.length === 3 ? middle : "*",
    action: parts.at(-1) ?? "",
  };
}
