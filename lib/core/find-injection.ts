/** A way in which a text tries to take over an agent. */
interface InjectionPattern {
  name: string;
  pattern: RegExp;
}

const RULES = "(?:instructions?|prompts?|rules|directions|directives|guidelines|programming|restrictions)";
const EARLIER = "(?:previous|prior|above|earlier|preceding|foregoing|initial|original|existing|system)";
const HIDDEN =
  "(?:(?:system|hidden|initial|secret|original|developer) (?:prompt|message|instructions?|rules))";
const NO_LIMITS =
  "(?:no|without(?: any)?) (?:ethical )?(?:restrictions?|rules|guidelines|filters?|limits?|limitations|censorship)";

/**
 * Each asks for a deed and its object together: that a text speaks of system prompts is no attack. The gaps are short,
 * so that no pattern runs for long.
 */
const PATTERNS: readonly InjectionPattern[] = [
  {
    name: "ignore_instructions",
    pattern: new RegExp(
      `\\b(?:ignore|disregard|forget|override|bypass|discard|neglect)\\b(?: \\S+){0,4} ${EARLIER}(?: \\S+){0,3} ${RULES}\\b`,
      "u",
    ),
  },
  {
    name: "ignore_instructions",
    pattern: new RegExp(
      `\\b(?:ignore|disregard|forget|override|discard) (?:(?:all|any|everything|each|of|the|about) ){0,4}your (?:\\S+ ){0,2}${RULES}\\b`,
      "u",
    ),
  },
  {
    name: "reveal_instructions",
    pattern: new RegExp(
      `\\b(?:reveal|show|print|repeat|output|display|tell|give|leak|dump|recite|write out)\\b(?: \\S+){0,4} (?:your|the) (?:\\S+ ){0,2}?${HIDDEN}(?: (?:verbatim|word for word|above|you were given)|[.!?:"']|$)`,
      "u",
    ),
  },
  {
    name: "new_role",
    pattern: new RegExp(
      `\\byou (?:are|will be|must be|shall be) (?:now |no longer |from now on )(?:\\S+ ){0,6}?(?:dan|jailbroken|unrestricted|unfiltered|uncensored|bound by|${NO_LIMITS})\\b`,
      "u",
    ),
  },
  {
    name: "new_role",
    pattern: new RegExp(
      `\\b(?:pretend|act|behave|respond|answer|reply)\\b(?: \\S+){0,5} (?:have|had|with|are|were) ${NO_LIMITS}\\b`,
      "u",
    ),
  },
  { name: "new_role", pattern: /\bdo anything now\b/u },
  {
    name: "new_role",
    pattern:
      /\b(?:enter|enable|activate|switch to|in) (?:\S+ ){0,2}?(?:jailbreak|god|dan|unrestricted) mode\b/u,
  },
  {
    name: "ignore_instructions",
    pattern:
      /\b(?:ignoriere?|vergiss|missachte)\b(?: \S+){0,4} (?:vorherigen?|vorigen|bisherigen?|obigen?|früheren?)(?: \S+){0,2} (?:anweisung(?:en)?|regeln|vorgaben|befehle)\b/u,
  },
  {
    name: "ignore_instructions",
    pattern:
      /\b(?:ignor[ae]|olvid[ae])\b(?: \S+){0,4} (?:instrucciones|reglas|indicaciones)(?: \S+){0,2} (?:anteriores|previas)\b/u,
  },
  {
    name: "ignore_instructions",
    pattern:
      /\b(?:ignore[rz]?|oublie[rz]?)\b(?: \S+){0,4} (?:instructions|consignes|règles)(?: \S+){0,2} (?:précédentes|antérieures|ci-dessus)/u,
  },
];

/** What frames a prompt for models: in a message it plays another speaker. They stand at the beginning of a line. */
const FRAMES =
  /(?:^|\n)[ \t]{0,20}(?:<\|(?:im_start|im_end|system|start_header_id)\|>|\[(?:system|inst)\]|<<sys>>|#{1,4} ?(?:system(?: prompt)?|new instructions?) ?:|new (?:system )?(?:instructions?|prompt) ?:|system ?: ?you )/iu;

/** Characters that nobody sees. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** Finds the first attempt to take over an agent that a text holds, and returns how it does so; null when it holds none. */
export function findInjection(text: string): string | null {
  const visible = text.normalize("NFKC").replaceAll(INVISIBLE, "");
  if (FRAMES.test(visible)) return "fake_frame";
  const line = visible.toLowerCase().replaceAll(/\s+/g, " ");
  return PATTERNS.find(({ pattern }) => pattern.test(line))?.name ?? null;
}
