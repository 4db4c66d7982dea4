import type { CheckWorld } from "./check-world.ts";
import { guardrailStep } from "./guardrail-step.ts";
import { hooksOf } from "./hooks-of.ts";
import type { OutputMask } from "./output-mask.ts";
import { refusePii } from "./refuse-pii.ts";
import type { ResumePoint } from "./resume-point.ts";
import { type CheckResult, type CheckStep, runChecks } from "./run-checks.ts";
import { piiGuardrails, screenText } from "./screen-text.ts";
import type { RunAnswer } from "./settle-answer.ts";

/** A run's answer, and what it is checked with. */
export interface OutputToCheck {
  answer: RunAnswer;
  /** What was asked. */
  input: string;
  /** True for the answer that an earlier driver has left, whose checks it may have begun. */
  isKnown: boolean;
  /** Masks what hooks make of the answer; the model's own words were masked while they came. */
  mask: OutputMask | null;
  /** Where an earlier driver was. */
  point: ResumePoint | undefined;
}

/**
 * Does the hooks and guardrails of a run's answer: the hooks, which may change it, then the guardrails on what they have
 * left. Its text has gone out by then; a CheckError marks the run. Throws that, or the signal's reason.
 */
export async function checkOutput(world: CheckWorld, output: OutputToCheck): Promise<RunAnswer> {
  const { answer, input, mask, point } = output;
  // What was done with an answer counts for that answer only.
  const soFar = output.isKnown ? point?.checks : undefined;
  const { contentType } = answer;
  const { guardrails } = world.definition;
  const refusing = piiGuardrails(guardrails, "output");
  const steps: CheckStep[] = [
    ...hooksOf(world, "post").map(
      (hook): CheckStep => ({
        name: hook.name,
        kind: "hook",
        timeoutMs: hook.timeoutMs,
        onError: "allow",
        async perform(content, context) {
          const changed = await hook.run({ input, content, contentType }, context);
          if (changed === undefined) return {};
          if (contentType !== "str") assertJson(changed.content);
          return { content: mask === null ? changed.content : mask.text(changed.content) };
        },
      }),
    ),
    ...(refusing.length === 0 ? [] : [piiStep(refusing, mask)]),
    ...guardrails.flatMap((one) =>
      one.kind === "moderation" || one.kind === "custom"
        ? guardrailStep(world, one, { phase: "output", input, contentType })
        : [],
    ),
  ];
  const content = await runChecks(world, {
    phase: "output",
    at: point?.checks.question.at ?? 0,
    content: soFar?.changedAnswer ?? answer.content,
    steps,
    done: soFar?.output ?? new Set(),
  });
  return content === answer.content ? answer : { ...answer, content };
}

function piiStep(guardrails: ReturnType<typeof piiGuardrails>, mask: OutputMask | null): CheckStep {
  return {
    name: "pii",
    kind: "guardrail",
    onError: "block",
    perform(content): Promise<CheckResult> {
      const { refused } = screenText(guardrails, content);
      if (refused.length > 0) throw refusePii(refused, "output");
      return Promise.resolve({ found: mask?.found ?? {} });
    },
  };
}

/** A structured answer stays one. */
function assertJson(content: string): void {
  try {
    JSON.parse(content);
  } catch {
    throw new Error("It has made something else than JSON of a structured answer.");
  }
}
