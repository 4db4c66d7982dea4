import { CheckError } from "../core/check-error.ts";
import { findInjection } from "../core/find-injection.ts";
import type { Guardrail, GuardrailOf } from "../core/guardrail.ts";
import type { RunInput } from "../core/run-event.ts";
import type { CheckedInput, PreHook } from "../core/run-hook.ts";
import type { CheckWorld } from "./check-world.ts";
import { classifyInjection } from "./classify-injection.ts";
import { guardrailStep } from "./guardrail-step.ts";
import { hooksOf } from "./hooks-of.ts";
import { refusePii } from "./refuse-pii.ts";
import type { CheckResult, CheckStep } from "./run-checks.ts";
import { piiGuardrails, screenText } from "./screen-text.ts";

/** What is done with a question, in order: masks, hooks, the other guardrails in the agent's order. */
export function inputSteps(
  world: CheckWorld,
  asked: { at: number; screened: RunInput["screened"] },
): CheckStep[] {
  const { definition } = world;
  // The files are the first question's.
  const files = asked.at === 0 ? world.ports.input.files : [];
  const named = files.map(({ filename, mediaType }) => ({ filename, mediaType }));
  const others = definition.guardrails.filter(({ kind }) => kind !== "pii");
  const masks = piiGuardrails(definition.guardrails, "input");
  return [
    ...(masks.length === 0 && asked.screened === undefined ? [] : [maskStep(masks, asked.screened)]),
    ...hooksOf(world, "pre").map((hook): CheckStep => hookStep(hook, masks, named)),
    ...others.flatMap((one) => stepOf(world, one, named)),
  ];
}

/** Text is masked before it is kept; this tells what was found, and masks what reached the run in another way. */
function maskStep(masks: readonly GuardrailOf<"pii">[], screened: RunInput["screened"]): CheckStep {
  return {
    name: "pii",
    kind: "guardrail",
    onError: "block",
    perform(content) {
      const before = screened?.found ?? {};
      if (screened?.refused === true) throw refusePii(Object.keys(before), "input");
      const { content: masked, found } =
        screened === undefined ? maskedText(masks, content) : { content, found: before };
      return Promise.resolve({ content: masked, found });
    },
  };
}

function hookStep(
  hook: PreHook,
  masks: readonly GuardrailOf<"pii">[],
  files: CheckedInput["files"],
): CheckStep {
  return {
    name: hook.name,
    kind: "hook",
    timeoutMs: hook.timeoutMs,
    onError: "allow",
    async perform(content, context) {
      const changed = await hook.run({ content, files }, context);
      // What a hook has added is kept, too.
      return changed === undefined ? {} : maskedText(masks, changed.content);
    },
  };
}

function maskedText(masks: readonly GuardrailOf<"pii">[], content: string): Required<CheckResult> {
  const { text, found, refused } = screenText(masks, content);
  if (refused.length > 0) throw refusePii(refused, "input");
  return { content: text, found };
}

function stepOf(world: CheckWorld, guardrail: Guardrail, files: CheckedInput["files"]): CheckStep[] {
  switch (guardrail.kind) {
    case "pii":
      return [];
    case "prompt_injection":
      return [injectionStep(world, guardrail)];
    case "moderation":
    case "custom":
      return guardrailStep(world, guardrail, { phase: "input", files });
  }
}

function injectionStep(world: CheckWorld, guardrail: GuardrailOf<"prompt_injection">): CheckStep {
  return {
    name: "prompt_injection",
    kind: "guardrail",
    // A model that thinks has the time of a model call; its own limits end it.
    timeoutMs: world.limits.modelTotalMs,
    onError: guardrail.on_error,
    async perform(content, { signal }, count) {
      const pattern = findInjection(content);
      if (pattern !== null) throw injection({ pattern });
      if (guardrail.classifier === undefined) return {};
      const { model } = guardrail.classifier;
      if (await classifyInjection(world, model, content, signal, count)) throw injection({ model: model.id });
      return {};
    },
  };
}

function injection(data: { pattern: string } | { model: string }): CheckError {
  return new CheckError(
    "prompt_injection",
    "The message reads as an attempt to change what the agent is told to do, so it was not let through. Say it in other words if you meant something else.",
    { data },
  );
}
