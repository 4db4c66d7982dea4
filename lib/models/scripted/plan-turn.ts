import type { LanguageModelV4CallOptions, LanguageModelV4FunctionTool } from "@ai-sdk/provider";
import type { OfferedTool } from "./choose-tool.ts";
import { answerHelper } from "./answer-helper.ts";
import { askForMissing } from "./ask-for-missing.ts";
import { explainYourself } from "./explain-yourself.ts";
import { reportOutcomes } from "./report-outcomes.ts";
import { parseDirective } from "./directive.ts";
import { fillStructure } from "./fill-structure.ts";
import { readSchema } from "./json-schema.ts";
import { nextStage } from "./next-stage.ts";
import { planStages } from "./plan-stages.ts";
import { quoteSources } from "./quote-sources.ts";
import { readPrompt, type Situation } from "./read-prompt.ts";
import { longText, MARKDOWN_SAMPLE } from "./sample-text.ts";
import { wantedSchema } from "./wanted-schema.ts";
import { contentWords } from "./content-words.ts";

/** A call as it goes on the stream: the input is text and may, on request, not be JSON. */
interface TurnCall {
  toolName: string;
  inputJson: string;
}

/** One answer of the model, decided before its first part is sent. */
export interface Turn {
  reasoning: string;
  text: string;
  calls: TurnCall[];
  /** Set when the answer is to fail. */
  errorMessage: string | null;
  wordDelayMs: number | null;
  promptCharacters: number;
}

/** How much of a message the rules look at; the rest is only passed on. */
const LONGEST_ANALYSED = 8_000;

type Answer = Partial<Pick<Turn, "text" | "calls" | "errorMessage">> & { rule: string };

/** Decides an answer from the prompt, the tools and the options alone. */
export function planTurn(options: LanguageModelV4CallOptions): Turn {
  const situation = readPrompt(options.prompt);
  const { manner, command } = parseDirective(situation.question);
  const tools = offeredTools(options);
  const answer = ((): Answer => {
    const system = situation.sources.find(({ origin }) => origin === "instructions")?.text ?? "";
    const draft = lastSaid(options.prompt);
    const helped = answerHelper({ system, question: situation.question, draft }, wantedSchema(options));
    if (helped !== null) return helped;
    switch (command.kind) {
      case "request":
        return answerRequest({ ...situation, question: command.text }, tools, options, manner.parallel);
      case "tools": {
        const calls = command.calls.map(({ name, inputJson }) => ({ toolName: name, inputJson }));
        const stages = manner.parallel ? [calls] : calls.map((call) => [call]);
        return makeCalls(
          nextStage(stages, situation.outcomes.length),
          situation,
          "The message names the tool.",
        );
      }
      case "invalid-json": {
        const toolName = command.toolName ?? tools[0]?.name ?? "calculator";
        const calls = situation.outcomes.length === 0 ? [{ toolName, inputJson: '{"broken": ' }] : [];
        return makeCalls(calls, situation, "The message asks for a call that is not JSON.");
      }
      case "long":
        return { rule: `The message asks for ${command.words} words.`, text: longText(command.words) };
      case "error":
        return { rule: "The message asks for a failure.", errorMessage: command.message };
      case "markdown":
        return { rule: "The message asks for a sample of markdown.", text: MARKDOWN_SAMPLE };
    }
  })();
  return {
    reasoning: options.reasoning === "none" ? "" : explain(answer.rule, situation, tools, manner.thinkAloud),
    text: answer.text ?? "",
    calls: answer.calls ?? [],
    errorMessage: answer.errorMessage ?? null,
    wordDelayMs: manner.wordDelayMs,
    promptCharacters: situation.characters,
  };
}

function explain(
  rule: string,
  situation: Situation,
  tools: readonly OfferedTool[],
  thinkAloud: boolean,
): string {
  if (!thinkAloud) return rule;
  return [
    `The question has ${situation.question.length} characters.`,
    `There are ${tools.length} tools to choose from: ${tools.map(({ name }) => name).join(", ") || "none"}.`,
    `So far there are ${situation.outcomes.length} results.`,
    `Besides the question I can see ${situation.sources.length} texts that I could quote.`,
    rule,
  ].join("\n");
}

function offeredTools(options: LanguageModelV4CallOptions): OfferedTool[] {
  const choice = options.toolChoice;
  if (choice?.type === "none") return [];
  return (options.tools ?? [])
    .filter((tool): tool is LanguageModelV4FunctionTool => tool.type === "function")
    .filter((tool) => choice?.type !== "tool" || tool.name === choice.toolName)
    .map((tool) => ({
      name: tool.name,
      description: tool.description ?? "",
      schema: readSchema(tool.inputSchema),
      nameWords: contentWords(tool.name),
      descriptionWords: contentWords(tool.description ?? ""),
    }));
}

function makeCalls(calls: TurnCall[], situation: Situation, rule: string): Answer {
  if (calls.length > 0) return { rule, calls };
  return {
    rule: "All calls have been made; I report their results.",
    text: reportOutcomes(situation.outcomes),
  };
}

function answerRequest(
  situation: Situation,
  tools: readonly OfferedTool[],
  options: LanguageModelV4CallOptions,
  parallel: boolean,
): Answer {
  const message = situation.question.slice(0, LONGEST_ANALYSED);
  const plan = planStages(message, tools, situation.outcomes, parallel);
  const stage = nextStage(plan.stages, situation.outcomes.length);
  if (stage.length > 0) {
    const calls = stage.map(({ toolName, input }) => ({ toolName, inputJson: JSON.stringify(input) }));
    const rule = stage.map(({ toolName, reason }) => `${toolName} fits best: ${reason}.`).join("\n");
    return { rule, calls };
  }
  const wanted = wantedSchema(options);
  if (wanted !== undefined) {
    const structure = fillStructure(readSchema(wanted), message);
    return { rule: "The answer has to be JSON.", text: JSON.stringify(structure) };
  }
  const questions = plan.incomplete.map(askForMissing);
  if (situation.outcomes.length > 0) {
    const text = [reportOutcomes(situation.outcomes), ...questions].join("\n\n");
    return { rule: "All calls have been made; I report their results.", text };
  }
  if (questions.length > 0)
    return { rule: "A tool fits, an argument is missing.", text: questions.join("\n\n") };
  const quoted = quoteSources({ ...situation, question: message });
  if (quoted !== null) return { rule: "No tool fits; the text of the prompt does.", text: quoted };
  return { rule: "No tool fits and nothing to quote.", text: explainYourself(tools, situation.attachments) };
}

/** What the assistant last wrote; empty for nothing. */
function lastSaid(prompt: LanguageModelV4CallOptions["prompt"]): string {
  const said = prompt.findLast((message) => message.role === "assistant");
  return (said?.content ?? []).flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
}
