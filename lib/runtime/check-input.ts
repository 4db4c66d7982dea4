import type { CheckWorld } from "./check-world.ts";
import { inputSteps } from "./input-steps.ts";
import type { AddedQuestion, ResumePoint } from "./resume-point.ts";
import { runChecks } from "./run-checks.ts";

/** What a run is asked, as its hooks and guardrails have left it. */
export interface AskedQuestions {
  /** The run's own question. */
  first: string;
  /** What was asked after it, oldest first. */
  added: readonly AddedQuestion[];
  /** What was asked last. */
  last: string;
}

/**
 * Does the hooks and guardrails of what a run was asked last, before anything is built of it: the masks, the hooks that
 * may change it, the other guardrails. What an earlier driver has done is not done again; once the model was asked, the
 * question has passed. Throws a CheckError when it is not let through, or the signal's reason.
 */
export async function checkInput(world: CheckWorld, point: ResumePoint | undefined): Promise<AskedQuestions> {
  const { input } = world.ports;
  const so = point?.checks;
  const asked = so?.question ?? { at: 0, content: input.content, screened: input.screened };
  const first = so?.firstContent ?? input.content;
  const added = point?.added ?? [];
  if (so?.passed === true) return { first, added, last: asked.content };
  const last = await runChecks(world, {
    phase: "input",
    at: asked.at,
    content: asked.content,
    steps: inputSteps(world, asked),
    done: so?.input ?? new Set(),
  });
  if (asked.at === 0) return { first: last, added, last };
  return {
    first,
    added: added.map((one) =>
      one.startIndex === asked.at ? { ...one, input: { ...one.input, content: last } } : one,
    ),
    last,
  };
}
