import { CheckError } from "../core/check-error.ts";
import type { CheckPhase } from "../core/guardrail.ts";
import { piiSentence } from "../core/pii-sentence.ts";

/** Makes the error of a text that holds what the agent does not take; `labels` says what, never the thing itself. */
export function refusePii(labels: readonly string[], phase: CheckPhase): CheckError {
  return new CheckError("pii_detected", piiSentence(labels, phase), {
    phase,
    data: { detected_pii: [...labels] },
  });
}
