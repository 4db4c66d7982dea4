import { codeNameSchema } from "#lib/core/guardrail.ts";
import type { CodeGuardrail } from "#lib/core/run-hook.ts";

/** What a guardrail is made of; it looks at the input, at the output, or at both. */
interface GuardrailParts extends Omit<CodeGuardrail, "title"> {
  title?: string;
}

/**
 * Makes a guardrail that agents name with `{ kind: "custom", name }`. Its checks throw `notAllowed(…)` for what they do
 * not let through. Throws when the name cannot be used, or when it looks at nothing.
 */
export function defineGuardrail(parts: GuardrailParts): CodeGuardrail {
  if (!codeNameSchema.safeParse(parts.name).success) {
    throw new Error(`The guardrail name "${parts.name}" needs 1 to 64 letters, digits, "_" or "-".`);
  }
  if (parts.checkInput === undefined && parts.checkOutput === undefined) {
    throw new Error(`The guardrail "${parts.name}" checks neither input nor output.`);
  }
  return { ...parts, title: parts.title ?? parts.name };
}
