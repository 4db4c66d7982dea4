import { codeNameSchema } from "#lib/core/guardrail.ts";
import type { Hook, PostHook, PreHook } from "#lib/core/run-hook.ts";

type HookParts =
  | (Omit<PreHook, "title"> & { title?: string })
  | (Omit<PostHook, "title"> & { title?: string });

/**
 * Makes a hook that agents name in `pre_hooks` (`when: "pre"`) or `post_hooks` (`when: "post"`). What it returns takes the
 * place of the question, or of the answer. `notAllowed(…)` stops the run; any other error is noted, and the run goes on.
 * After a crash a hook may be done twice: its context has an idempotency key. Throws when the name cannot be used.
 */
export function defineHook(parts: HookParts): Hook {
  if (!codeNameSchema.safeParse(parts.name).success) {
    throw new Error(`The hook name "${parts.name}" needs 1 to 64 letters, digits, "_" or "-".`);
  }
  return { ...parts, title: parts.title ?? parts.name };
}
