/** How the answer is to be streamed, whatever it says. */
interface Manner {
  /** Milliseconds between words; null: the model's own pace. */
  wordDelayMs: number | null;
  /** A longer reasoning block. */
  thinkAloud: boolean;
  /** All tool calls of the message in one turn. */
  parallel: boolean;
}

/** What a message that starts with `/` asks for, for demonstrations and tests. */
type Command =
  | { kind: "request"; text: string }
  | { kind: "tools"; calls: { name: string; inputJson: string }[] }
  | { kind: "long"; words: number }
  | { kind: "error"; message: string }
  | { kind: "invalid-json"; toolName: string | null }
  | { kind: "markdown" };

export interface Directive {
  manner: Manner;
  command: Command;
}

const SLOW_WORD_DELAY_MS = 250;
const DEFAULT_LONG_WORDS = 200;
const MOST_WORDS = 100_000;
const MANNER = /^\/(slow|think|parallel)(?:(?<=slow)[ \t]+(\d{1,5}))?(?=\s|$)\s*/;

/** Reads the directives at the start of a message; a message without any is a plain request. */
export function parseDirective(message: string): Directive {
  const manner: Manner = { wordDelayMs: null, thinkAloud: false, parallel: false };
  let rest = message.trim();
  for (let match = MANNER.exec(rest); match !== null; match = MANNER.exec(rest)) {
    if (match[1] === "think") manner.thinkAloud = true;
    if (match[1] === "parallel") manner.parallel = true;
    if (match[1] === "slow")
      manner.wordDelayMs = match[2] === undefined ? SLOW_WORD_DELAY_MS : Number(match[2]);
    rest = rest.slice(match[0].length);
  }
  return { manner, command: parseCommand(rest) };
}

function parseCommand(text: string): Command {
  const match = /^\/(tool|long|error|invalid-json|markdown)(?:\s+([\s\S]*))?$/.exec(text);
  const argument = match?.[2]?.trim() ?? "";
  switch (match?.[1] ?? "") {
    case "tool":
      return { kind: "tools", calls: parseToolCalls(text) };
    case "long": {
      const words = Number.parseInt(argument, 10);
      return { kind: "long", words: Number.isNaN(words) ? DEFAULT_LONG_WORDS : Math.min(words, MOST_WORDS) };
    }
    case "error":
      return { kind: "error", message: argument === "" ? "The scripted model was told to fail." : argument };
    case "invalid-json":
      return { kind: "invalid-json", toolName: argument === "" ? null : argument };
    case "markdown":
      return { kind: "markdown" };
    default:
      return { kind: "request", text };
  }
}

/** One call for every `/tool name {json}`, whose JSON may span lines. */
function parseToolCalls(text: string): { name: string; inputJson: string }[] {
  return text
    .split(/(?:^|\n)\s*\/tool\s+/)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [name = "", ...input] = part.trim().split(/\s+/);
      const inputJson = part.trim().slice(name.length).trim();
      return { name, inputJson: input.length === 0 ? "{}" : inputJson };
    });
}
