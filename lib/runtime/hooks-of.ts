import type { Hook } from "../core/run-hook.ts";
import type { CheckWorld } from "./check-world.ts";

type HookOf<W extends Hook["when"]> = Extract<Hook, { when: W }>;

/**
 * An agent's hooks of one kind that are done while somebody waits, in order. One whose code is gone fails when its turn
 * comes: the run says so, and goes on.
 */
export function hooksOf<W extends Hook["when"]>({ definition, ports }: CheckWorld, when: W): HookOf<W>[] {
  const listed = when === "pre" ? definition.pre_hooks : definition.post_hooks;
  return listed
    .filter(({ background }) => !background)
    .map(({ name }) => {
      const hook = ports.checks?.hook(name);
      return hook !== undefined && isOf(hook, when) ? hook : (missing(name, when) as HookOf<W>);
    });
}

function isOf<W extends Hook["when"]>(hook: Hook, when: W): hook is HookOf<W> {
  return hook.when === when;
}

function missing(name: string, when: Hook["when"]): Hook {
  const run = () => Promise.reject(new Error(`There is no ${when}-hook '${name}' any more.`));
  return { name, title: name, description: "", when, run };
}
