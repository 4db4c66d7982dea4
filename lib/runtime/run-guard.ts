import type { ReasoningStep } from "../core/reasoning-step.ts";
import { type AskedQuestions, checkInput } from "./check-input.ts";
import { checkOutput } from "./check-output.ts";
import type { CheckWorld } from "./check-world.ts";
import { maskStep } from "./mask-step.ts";
import { type OutputMask, outputMask } from "./output-mask.ts";
import type { ResumePoint } from "./resume-point.ts";
import type { RunAnswer } from "./settle-answer.ts";

/** A run's hooks and guardrails, and the mask of what it writes. */
export class RunGuard {
  readonly #world: CheckWorld;
  readonly #point: ResumePoint | undefined;
  readonly #mask: OutputMask | null;
  #asked: AskedQuestions | null = null;
  #isAnswerKnown: boolean;

  constructor(world: CheckWorld) {
    this.#world = world;
    this.#point = world.ports.resumption?.point;
    this.#mask = outputMask(world.definition.guardrails);
    this.#isAnswerKnown = this.#point?.next.kind === "complete";
  }

  /** Masks what the model writes; undefined: it goes out as it comes. */
  get mask(): ((text: string) => string) | undefined {
    return this.#mask?.text;
  }

  /** A step of reasoning as it may be told. */
  step(step: ReasoningStep): ReasoningStep {
    return maskStep(step, this.mask);
  }

  /** What the run was asked last, as its hooks have left it. */
  get question(): string {
    return this.#asked?.last ?? this.#point?.checks.question.content ?? "";
  }

  /**
   * Checks what the run is asked, before anything is built of it. `isAnswered`: its model has answered an earlier driver,
   * and is not asked again. Throws a CheckError when it is not let through.
   */
  async input(isAnswered: boolean): Promise<AskedQuestions> {
    this.#isAnswerKnown = isAnswered;
    this.#asked = await checkInput(this.#world, this.#point);
    return this.#asked;
  }

  /** Checks the run's answer and returns what its hooks have left of it. Throws a CheckError when it is not let through. */
  output(answer: RunAnswer): Promise<RunAnswer> {
    // JSON between other words is read by now: the mask could not see what its escapes stand for while it came.
    const content = this.mask?.(answer.content) ?? answer.content;
    return checkOutput(this.#world, {
      answer: { ...answer, content },
      input: this.question,
      isKnown: this.#isAnswerKnown,
      mask: this.#mask,
      point: this.#point,
    });
  }
}
