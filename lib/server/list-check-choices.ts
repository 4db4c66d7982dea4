import { codeChecks } from "./code-checks.ts";
import { toolHookRegistry } from "./tool-hook-registry.ts";

/** Something in code that an agent may name, as a form offers it. */
export interface CheckChoice {
  name: string;
  title: string;
  description: string;
}

/** What of the code an agent's form offers, each in the order in which it is listed there. */
export interface CheckChoices {
  guardrails: CheckChoice[];
  preHooks: CheckChoice[];
  postHooks: CheckChoice[];
  middleware: CheckChoice[];
  toolHooks: CheckChoice[];
}

/** The guardrails, hooks and model middleware that agents may name. */
export function listCheckChoices(): CheckChoices {
  const { guardrails, hooks, middleware } = codeChecks();
  const hooksOf = (when: "pre" | "post") => [...hooks.values()].filter((hook) => hook.when === when);
  return {
    guardrails: [...guardrails.values()].map(choice),
    preHooks: hooksOf("pre").map(choice),
    postHooks: hooksOf("post").map(choice),
    middleware: [...middleware.values()].map(choice),
    toolHooks: [...toolHookRegistry().values()].map((hook) =>
      choice({ ...hook, title: hook.title ?? hook.name }),
    ),
  };
}

function choice({ name, title, description }: CheckChoice): CheckChoice {
  return { name, title, description };
}
