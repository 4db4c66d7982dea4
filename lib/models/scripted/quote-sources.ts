import type { Situation } from "./read-prompt.ts";
import { contentWords } from "./content-words.ts";
import { countShared } from "./count-shared.ts";

const ORIGIN = {
  instructions: "my instructions",
  conversation: "this conversation",
  attachment: "the attachment",
} as const;

const MOST_QUOTES = 3;
const MOST_SENTENCES = 2_000;

/**
 * Answers from the prompt's own text: quotes the sentences that share most words with the question, and says where
 * they stand. Null when no sentence shares two words (or the only one) with it.
 */
export function quoteSources(situation: Situation): string | null {
  const wanted = contentWords(situation.question);
  const needed = Math.min(2, wanted.length);
  if (needed === 0) return null;
  const sentences = situation.sources
    .flatMap(({ origin, text }) => splitSentences(text).map((sentence) => ({ origin, sentence })))
    .slice(-MOST_SENTENCES)
    .filter(({ sentence }) => !sentence.endsWith("?") && sentence !== situation.question.trim())
    .map((entry) => ({ ...entry, score: countShared(wanted, contentWords(entry.sentence)) }))
    .filter(({ score }) => score >= needed)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_QUOTES);
  const best = sentences[0];
  if (best === undefined) return null;
  const quotes = sentences
    .filter(({ score }) => score === best.score)
    .map(({ origin, sentence }) => `> ${sentence}\n> (from ${ORIGIN[origin]})`);
  return `I know nothing myself; this is what the text in front of me says:\n\n${[...new Set(quotes)].join("\n\n")}`;
}

function splitSentences(text: string): string[] {
  return text
    .slice(0, 50_000)
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 3 && sentence.length < 1_000 && !sentence.startsWith("/"));
}
