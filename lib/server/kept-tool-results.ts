import type { RunIdentity } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findToolResult, keepToolResult } from "#lib/db/tool-results.ts";
import type { Clock, ToolCachePort } from "#lib/runtime/ports.ts";

/** UTF-16 units of a result's JSON up to which it is kept. */
const MOST_CHARACTERS = 1_000_000;

/** Where a run finds the results of tools that read, and keeps its own. */
export function keptToolResults(scope: Scope, run: RunIdentity, clock: Clock): ToolCachePort {
  return {
    find: (key) => findToolResult(scope, key, clock.nowMs()),
    async keep(key, result, ttlSeconds) {
      if ((JSON.stringify(result) ?? "").length > MOST_CHARACTERS) return;
      const nowMs = clock.nowMs();
      const expiresAtMs = nowMs + ttlSeconds * 1000;
      await keepToolResult(scope, { key, sessionId: run.sessionId, result, nowMs, expiresAtMs });
    },
  };
}
