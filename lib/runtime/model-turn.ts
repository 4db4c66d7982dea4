import type {
  LanguageModelV4FinishReason,
  LanguageModelV4Message,
  LanguageModelV4ToolCall,
  SharedV4ProviderMetadata,
} from "@ai-sdk/provider";
import type { JsonObject, JsonValue } from "../core/json.ts";
import { NO_USAGE, type TokenUsage } from "../core/run-metrics.ts";

/** A piece of a turn in the order in which the model wrote it. Lengths count UTF-16 units of the journal's text. */
export type TurnPart =
  | { type: "text" | "reasoning"; text: string; metadata: SharedV4ProviderMetadata | undefined }
  | { type: "call"; call: LanguageModelV4ToolCall };

/** What one model call has brought so far; complete when `finishReason` is set. */
export interface ModelTurn {
  parts: TurnPart[];
  usage: TokenUsage;
  /** Millionths of a US dollar; null where no price is known. */
  costMicroUsd: number | null;
  finishReason: LanguageModelV4FinishReason["unified"] | null;
  /** Milliseconds on the monotonic clock at which the first text or reasoning came; null before. */
  firstTextAtMs: number | null;
}

/** A turn of which nothing has come yet. */
export function newModelTurn(): ModelTurn {
  return { parts: [], usage: NO_USAGE, costMicroUsd: null, finishReason: null, firstTextAtMs: null };
}

/** The turn's text or reasoning as one string. */
export function turnText(turn: ModelTurn, type: "text" | "reasoning"): string {
  let text = "";
  for (const part of turn.parts) if (part.type === type) text += part.text;
  return text;
}

/** The calls that the model asks us to make, in its order. */
export function turnCalls(turn: ModelTurn): LanguageModelV4ToolCall[] {
  return turn.parts.flatMap((part) => (part.type === "call" ? [part.call] : []));
}

/** Where the pieces of a turn lie and what their provider wants back; kept beside the journal's ModelRequestCompleted. */
export interface TurnLayout {
  type: "text" | "reasoning" | "call";
  /** UTF-16 units, of text and reasoning. */
  length?: number;
  metadata?: SharedV4ProviderMetadata;
}

/** The layout of a turn, or undefined when no piece of it has provider metadata and the plain order will do. */
export function layoutOf(turn: ModelTurn): TurnLayout[] | undefined {
  const layout = turn.parts.map((part): TurnLayout => {
    if (part.type === "call") return withMetadata({ type: "call" }, part.call.providerMetadata);
    return withMetadata({ type: part.type, length: part.text.length }, part.metadata);
  });
  return layout.some((piece) => piece.metadata !== undefined) ? layout : undefined;
}

function withMetadata(piece: TurnLayout, metadata: SharedV4ProviderMetadata | undefined): TurnLayout {
  return metadata === undefined ? piece : { ...piece, metadata };
}

type AssistantContent = Extract<LanguageModelV4Message, { role: "assistant" }>["content"];

/** A call of a turn with its arguments as they were understood. */
export interface TurnCall {
  id: string;
  name: string;
  input: JsonObject;
}

/**
 * The assistant message of a turn, or null when there is nothing to say. Without a layout: text, then calls, and no
 * reasoning, which providers only take back with the signature that they gave it.
 */
export function assistantMessage(
  text: string,
  reasoning: string,
  calls: readonly TurnCall[],
  layout: readonly TurnLayout[] | undefined,
): LanguageModelV4Message | null {
  const plain: TurnLayout[] = [
    { type: "text", length: text.length },
    ...calls.map(() => ({ type: "call" as const })),
  ];
  const content: AssistantContent = [];
  let textAt = 0;
  let reasoningAt = 0;
  let callAt = 0;
  for (const piece of layout ?? plain) {
    const options = piece.metadata === undefined ? {} : { providerOptions: piece.metadata };
    const length = piece.length ?? 0;
    switch (piece.type) {
      case "text":
        if (length > 0) content.push({ type: "text", text: text.slice(textAt, textAt + length), ...options });
        textAt += length;
        break;
      case "reasoning":
        if (piece.metadata !== undefined) {
          const part = reasoning.slice(reasoningAt, reasoningAt + length);
          content.push({ type: "reasoning", text: part, ...options });
        }
        reasoningAt += length;
        break;
      case "call": {
        const call = calls[callAt++];
        if (call !== undefined) {
          const { id, name, input } = call;
          content.push({ type: "tool-call", toolCallId: id, toolName: name, input, ...options });
        }
      }
    }
  }
  return content.length === 0 ? null : { role: "assistant", content };
}

/** Makes provider metadata storable beside the journal. */
export function layoutAsJson(layout: readonly TurnLayout[]): JsonValue {
  return JSON.parse(JSON.stringify(layout)) as JsonValue;
}
