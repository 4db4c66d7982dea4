import type { LanguageModelV4CallOptions, LanguageModelV4Message } from "@ai-sdk/provider";
import { answerFormat, type WantedAnswer } from "./answer-format.ts";
import type { BoundModel } from "./ports.ts";

type Request = Omit<LanguageModelV4CallOptions, "abortSignal">;

/**
 * A request as one model takes it: with the schema of the answer where it takes one, and in the prompt's system part
 * where it does not and the part, made for another model, does not have it yet.
 */
export function requestFor(
  model: BoundModel,
  definition: WantedAnswer,
  messages: readonly LanguageModelV4Message[],
  options: Omit<Request, "prompt">,
): Request {
  const format = answerFormat(definition, model);
  if (format === null) return { ...options, prompt: [...messages] };
  const { responseFormat } = format;
  return {
    ...options,
    ...(responseFormat === undefined ? {} : { responseFormat }),
    prompt: withWords(messages, format.prompt),
  };
}

function withWords(messages: readonly LanguageModelV4Message[], words: string): LanguageModelV4Message[] {
  const [first, ...rest] = messages;
  if (words === "") return [...messages];
  if (first?.role !== "system") return [{ role: "system", content: words }, ...messages];
  if (first.content.includes(words)) return [...messages];
  return [{ ...first, content: `${first.content}\n${words}` }, ...rest];
}
