import type { CheckPhase } from "./guardrail.ts";
import { PII_TYPES } from "./guardrail.ts";

/** What was found, for a person: never the thing itself. `labels` are the wire's, or the names of an agent's own patterns. */
export function piiWords(labels: readonly string[]): string {
  const known = Object.values(PII_TYPES);
  const words = labels.map((label) => known.find((type) => type.label === label)?.words ?? `“${label}”`);
  const last = words.at(-1) ?? "personal data";
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${last}` : last;
}

/** Says why a text with personal data is not let through, and what to do. */
export function piiSentence(labels: readonly string[], phase: CheckPhase): string {
  return phase === "input"
    ? `The message holds ${piiWords(labels)}, which this agent does not take. Leave it out and send the message again; nothing of it was kept.`
    : `The answer holds ${piiWords(labels)}, which this agent must not give. Ask in another way.`;
}
