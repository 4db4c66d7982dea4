import { RESULT_FILES_LEAD } from "#lib/core/result-files-lead.ts";
import type {
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultOutput,
} from "@ai-sdk/provider";

/** What came of one tool call after the question. */
export interface ToolOutcome {
  toolName: string;
  kind: "ok" | "error" | "denied";
  text: string;
}

/** A text that an answer may quote. */
interface Source {
  origin: "instructions" | "conversation" | "attachment";
  text: string;
}

/** All that the scripted model knows: one prompt, taken apart. */
export interface Situation {
  question: string;
  attachments: { filename: string; mediaType: string }[];
  /** In the order of the results. */
  outcomes: ToolOutcome[];
  sources: Source[];
  /** Characters of everything in the prompt, for the estimate of its tokens. */
  characters: number;
}

/** Takes a prompt apart: the last user message is the question, what follows it are results, the rest can be quoted. */
export function readPrompt(prompt: LanguageModelV4Prompt): Situation {
  const situation: Situation = { question: "", attachments: [], outcomes: [], sources: [], characters: 0 };
  const lastUser = prompt.findLastIndex(
    (message) => message.role === "user" && !bringsFiles(message.content),
  );
  for (const [index, message] of prompt.entries()) readMessage(message, index, lastUser, situation);
  return situation;
}

/** True for what a run adds itself, after a tool has brought files. */
function bringsFiles(content: Extract<LanguageModelV4Message, { role: "user" }>["content"]): boolean {
  return content.some((part) => part.type === "text" && part.text.startsWith(RESULT_FILES_LEAD));
}

function readMessage(
  message: LanguageModelV4Message,
  index: number,
  lastUser: number,
  into: Situation,
): void {
  switch (message.role) {
    case "system":
      into.characters += message.content.length;
      into.sources.push({ origin: "instructions", text: message.content });
      return;
    case "user":
      for (const part of message.content) {
        if (part.type === "file") {
          const attached = typeof part.data === "object" && "text" in part.data ? part.data.text : "";
          into.characters += attached.length;
          if (attached !== "") into.sources.push({ origin: "attachment", text: attached });
          if (index === lastUser) {
            into.attachments.push({ filename: part.filename ?? "a file", mediaType: part.mediaType });
          }
          continue;
        }
        into.characters += part.text.length;
        if (index === lastUser) into.question += (into.question === "" ? "" : "\n") + part.text;
        else into.sources.push({ origin: "conversation", text: part.text });
      }
      return;
    case "assistant":
      for (const part of message.content) {
        if (part.type === "text" || part.type === "reasoning") into.characters += part.text.length;
        if (part.type === "tool-call") into.characters += JSON.stringify(part.input).length;
      }
      return;
    case "tool":
      for (const part of message.content) {
        if (part.type !== "tool-result") continue;
        const outcome = { toolName: part.toolName, ...readOutput(part.output) };
        into.characters += outcome.text.length;
        if (index > lastUser) into.outcomes.push(outcome);
        else into.sources.push({ origin: "conversation", text: outcome.text });
      }
      return;
  }
}

function readOutput(output: LanguageModelV4ToolResultOutput): Pick<ToolOutcome, "kind" | "text"> {
  switch (output.type) {
    case "text":
      return { kind: "ok", text: output.value };
    case "json":
      return { kind: "ok", text: JSON.stringify(output.value) };
    case "error-text":
      return { kind: "error", text: output.value };
    case "error-json":
      return { kind: "error", text: JSON.stringify(output.value) };
    case "execution-denied":
      return { kind: "denied", text: output.reason ?? "" };
    case "content":
      return {
        kind: "ok",
        text: output.value.map((part) => (part.type === "text" ? part.text : `(${part.type})`)).join("\n"),
      };
  }
}
