import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { RunPorts } from "#lib/runtime/ports.ts";
import { codeChecks } from "./code-checks.ts";
import { logFault } from "./log-fault.ts";
import { moderate } from "./moderate.ts";

/** What a run's guardrails, hooks and model middleware are made of. */
export function checksOf(
  scope: Scope,
  { model_middleware: names }: Pick<AgentDefinition, "model_middleware">,
): Required<Pick<RunPorts, "checks" | "middleware" | "onCheckFault">> {
  const { guardrails, hooks, middleware } = codeChecks();
  return {
    checks: {
      guardrail: (name) => guardrails.get(name),
      hook: (name) => hooks.get(name),
      moderate: (asked) => moderate(scope, asked),
    },
    middleware: names.map((name) => middleware.get(name)?.middleware ?? missing(name)),
    onCheckFault: ({ error, ...fault }) => logFault("A hook or a guardrail failed.", fault, error),
  };
}

/** What somebody has put between the agent and its model may be what keeps it safe. */
function missing(name: string): NonNullable<RunPorts["middleware"]>[number] {
  const gone = () =>
    Promise.reject(
      new AppError(
        "conflict",
        `There is no model middleware '${name}' any more. Take it out of the agent's form, or bring its code back.`,
      ),
    );
  return { specificationVersion: "v4", transformParams: gone };
}
