import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { PatternTime } from "#lib/runtime/pattern-time.ts";
import { refusePii } from "#lib/runtime/refuse-pii.ts";
import { piiGuardrails } from "#lib/runtime/screen-text.ts";
import type { Screening } from "#lib/runtime/screen-texts.ts";
import { blockedRequest } from "./blocked-request.ts";
import { screenAtDoor } from "./screen-at-door.ts";

/**
 * Masks personal data in text that somebody adds to a run that is there, before anything of it is written. Throws
 * bad_request, with the trigger, for what the agent does not take: then nothing is changed. Texts of one request share its
 * time.
 */
export function screenAddedText(
  { guardrails }: Pick<AgentDefinition, "guardrails">,
  text: string,
  time = new PatternTime(),
): Screening {
  const masks = piiGuardrails(guardrails, "input");
  if (masks.length === 0) return { text, found: {}, refused: [] };
  const [screening = { text: "", found: {}, refused: [] }] = screenAtDoor(masks, [text], time);
  if (screening.refused.length > 0) throw blockedRequest(refusePii(screening.refused, "input"));
  return screening;
}
