import { CheckError } from "../core/check-error.ts";
import type { Guardrail } from "../core/guardrail.ts";
import { piiGuardrails, screenText } from "./screen-text.ts";
import type { Screening } from "./screen-texts.ts";

/** Masks what a model writes before anybody, the journal included, has it. */
export interface OutputMask {
  text: (text: string) => string;
  /** What was masked so far, by its label. */
  found: Record<string, number>;
}

/** The mask of an agent's answers, or null when it wants none: then they go out as they come. */
export function outputMask(guardrails: readonly Guardrail[]): OutputMask | null {
  const masks = piiGuardrails(guardrails, "output").filter(({ action }) => action === "mask");
  if (masks.length === 0) return null;
  const found: Record<string, number> = {};
  return {
    found,
    text(text) {
      const screened = screenAnswer(masks, withEscapesRead(text));
      for (const [label, count] of Object.entries(screened.found)) {
        found[label] = (found[label] ?? 0) + count;
      }
      return screened.text;
    },
  };
}

/** JSON with what its escapes stand for: no pattern knows them, and a half-masked one is no JSON any more. */
function withEscapesRead(text: string): string {
  if (!text.includes("\\u")) return text;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

function screenAnswer(masks: ReturnType<typeof piiGuardrails>, text: string): Screening {
  try {
    return screenText(masks, text);
  } catch (error) {
    if (!CheckError.isInstance(error)) throw error;
    const { trigger, message, data = {}, cause } = error;
    throw new CheckError(trigger, message, { phase: "output", data, cause });
  }
}
