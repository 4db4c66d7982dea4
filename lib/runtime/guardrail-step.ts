import { CheckError } from "../core/check-error.ts";
import type { CheckPhase, GuardrailOf } from "../core/guardrail.ts";
import type { CheckedInput } from "../core/run-hook.ts";
import type { CheckWorld } from "./check-world.ts";
import type { CheckStep } from "./run-checks.ts";

/** What a guardrail looks at. */
interface Checked {
  phase: CheckPhase;
  /** Those of the question; none with an answer. */
  files?: CheckedInput["files"];
  /** What was asked, where an answer is checked, and the kind of the answer. */
  input?: string;
  contentType?: string;
}

/** Makes a moderation, or a guardrail in code, ready for one phase; none when it does not look at that. */
export function guardrailStep(
  world: CheckWorld,
  guardrail: GuardrailOf<"moderation"> | GuardrailOf<"custom">,
  checked: Checked,
): CheckStep[] {
  return guardrail.kind === "moderation"
    ? moderationStep(world, guardrail, checked.phase)
    : customStep(world, guardrail, checked);
}

function moderationStep(
  world: CheckWorld,
  { model, categories, applies_to: appliesTo, on_error: onError }: GuardrailOf<"moderation">,
  phase: CheckPhase,
): CheckStep[] {
  if (!appliesTo.includes(phase)) return [];
  const files = phase === "input" ? world.ports.input.files : [];
  const images = files.filter(({ mediaType }) => mediaType.startsWith("image/"));
  return [
    {
      name: "moderation",
      kind: "guardrail",
      onError,
      async perform(content, { signal }) {
        const { checks } = world.ports;
        if (checks === undefined) throw new Error("There is nobody to moderate.");
        const found = await checks.moderate({ model, text: content, images, signal });
        const counting = categories === undefined ? found : found.filter((one) => categories.includes(one));
        if (counting.length > 0) throw flagged(counting, phase);
        return {};
      },
    },
  ];
}

function flagged(categories: readonly string[], phase: CheckPhase): CheckError {
  const named = categories.join(", ");
  return new CheckError(
    phase === "input" ? "input_not_allowed" : "output_not_allowed",
    phase === "input"
      ? `The message was held back by moderation (${named}). Put it in other words, or leave that out.`
      : `The answer was held back by moderation (${named}). Ask in another way.`,
    { data: { categories: [...categories] } },
  );
}

function customStep(
  world: CheckWorld,
  { name, on_error: onError }: GuardrailOf<"custom">,
  { phase, files = [], input = "", contentType = "str" }: Checked,
): CheckStep[] {
  const code = world.ports.checks?.guardrail(name);
  if (code === undefined) {
    // An agent outlives its code, but not its checks.
    const gone = () => Promise.reject(new Error(`There is no guardrail '${name}' any more.`));
    return phase === "input" ? [{ name, kind: "guardrail", onError, perform: gone }] : [];
  }
  const { timeoutMs } = code;
  if (phase === "input") {
    if (code.checkInput === undefined) return [];
    const perform: CheckStep["perform"] = async (content, context) => {
      await code.checkInput?.({ content, files }, context);
      return {};
    };
    return [{ name, kind: "guardrail", timeoutMs, onError, perform }];
  }
  if (code.checkOutput === undefined) return [];
  const perform: CheckStep["perform"] = async (content, context) => {
    await code.checkOutput?.({ input, content, contentType }, context);
    return {};
  };
  return [{ name, kind: "guardrail", timeoutMs, onError, perform }];
}
