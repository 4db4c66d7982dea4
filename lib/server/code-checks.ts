import { CODE_GUARDRAILS, CODE_HOOKS, CODE_MIDDLEWARE } from "#agents/index.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { CodeGuardrail, Hook } from "#lib/core/run-hook.ts";
import type { ModelMiddleware } from "#lib/runtime/stream-through.ts";

/** What agents may name of what is defined in code, by name. */
export interface CodeChecks {
  guardrails: ReadonlyMap<string, CodeGuardrail>;
  hooks: ReadonlyMap<string, Hook>;
  middleware: ReadonlyMap<string, ModelMiddleware>;
}

/** The guardrails, hooks and model middleware of this process. */
export function codeChecks(): CodeChecks {
  return processSingleton("code-checks", () => ({
    guardrails: byName(CODE_GUARDRAILS),
    hooks: byName(CODE_HOOKS),
    middleware: byName(CODE_MIDDLEWARE),
  }));
}

function byName<T extends { name: string }>(parts: readonly T[]): ReadonlyMap<string, T> {
  return new Map(parts.map((part) => [part.name, part]));
}
