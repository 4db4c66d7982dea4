import type { JsonValue } from "#lib/core/json.ts";
import { contentWords } from "./content-words.ts";

const LONGEST_RESULT = 160;
const MOST_QUESTIONS = 5;
const LONGEST_QUOTED = 120;
const MOST_TOPICS = 5;

const SUGGESTIONS = [
  (topic: string) => `Tell me more about ${topic}.`,
  (topic: string) => `Give me an example of ${topic}.`,
  (topic: string) => `What else should I know about ${topic}?`,
  (topic: string) => `Who else asks about ${topic}?`,
  (topic: string) => `Sum up ${topic} in one sentence.`,
];

/**
 * Does what the platform asks a model for beside a conversation: it shortens a tool's result to its beginning, suggests
 * questions from the words of the last one, sums up what was asked, and writes an answer from a draft: the draft itself.
 * Null for anything else.
 */
export function answerHelper(
  prompt: { system: string; question: string; draft?: string },
  schema: unknown,
): { rule: string; text: string } | null {
  const { system, question, draft = "" } = prompt;
  if (question.startsWith("<tool_result ")) {
    return {
      rule: "A result is to be shortened: its beginning stays.",
      text: shorten(within(question, "tool_result"), LONGEST_RESULT),
    };
  }
  if (question.startsWith("Write the answer now.") && draft !== "" && schema === undefined) {
    return { rule: "The answer is to be written from the draft: it stays.", text: draft };
  }
  const title = titleOf(schema);
  if (title === "Followups") {
    const count = Number(/exactly (\d+)/.exec(system)?.[1] ?? SUGGESTIONS.length);
    const topic = contentWords(within(question, "question")).slice(0, 3).join(" ") || "this";
    const followups = SUGGESTIONS.slice(0, count).map((suggest) => suggest(topic));
    return json("The words of the question make the next ones.", { followups });
  }
  return title === "SessionSummary" ? json("What was asked makes the summary.", summarize(question)) : null;
}

function json(rule: string, value: JsonValue): { rule: string; text: string } {
  return { rule, text: JSON.stringify(value) };
}

function summarize(text: string): JsonValue {
  const before = within(text, "previous_summary");
  const asked = [...within(text, "conversation").matchAll(/^User: (.+)$/gm)].map(([, line]) => line ?? "");
  const quoted = asked.slice(-MOST_QUESTIONS).map((line) => `“${shorten(line, LONGEST_QUOTED)}”`);
  const now = quoted.length === 0 ? "Nothing was asked." : `The user asked ${quoted.join(", ")}.`;
  const counts = new Map<string, number>();
  for (const word of contentWords(asked.join(" "))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const known = within(text, "previous_topics").split(", ").filter(Boolean);
  const words = [...counts].toSorted(([, a], [, b]) => b - a).map(([word]) => word);
  const topics = [...new Set([...known, ...words])].slice(0, MOST_TOPICS);
  return { summary: [before, now].filter(Boolean).join(" "), topics };
}

/** The text inside a tag; empty when it is not there. */
function within(text: string, tag: string): string {
  return (new RegExp(`<${tag}[^>]*>\\n([\\s\\S]*?)\\n</${tag}>`).exec(text)?.[1] ?? "").trim();
}

function shorten(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

function titleOf(schema: unknown): string | null {
  if (typeof schema !== "object" || schema === null || !("title" in schema)) return null;
  return typeof schema.title === "string" ? schema.title : null;
}
