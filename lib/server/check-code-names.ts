import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { codeChecks } from "./code-checks.ts";

type CodeNames = Pick<AgentDefinition, "guardrails" | "pre_hooks" | "post_hooks" | "model_middleware">;

/** Calls `refuse` for each guardrail, hook and middleware that a definition names and the code does not have. */
export function checkCodeNames(
  definition: CodeNames,
  refuse: (path: (string | number)[], message: string, input: unknown) => void,
): void {
  const { guardrails, hooks, middleware } = codeChecks();
  for (const [index, guardrail] of definition.guardrails.entries()) {
    if (guardrail.kind !== "custom" || guardrails.has(guardrail.name)) continue;
    refuse(["guardrails", index, "name"], `There is no guardrail '${guardrail.name}'`, guardrail.name);
  }
  for (const when of ["pre", "post"] as const) {
    const field = when === "pre" ? "pre_hooks" : "post_hooks";
    for (const [index, { name }] of definition[field].entries()) {
      if (hooks.get(name)?.when === when) continue;
      refuse([field, index, "name"], `There is no ${when}-hook '${name}'`, name);
    }
  }
  for (const [index, name] of definition.model_middleware.entries()) {
    if (middleware.has(name)) continue;
    refuse(["model_middleware", index], `There is no model middleware '${name}'`, name);
  }
}
