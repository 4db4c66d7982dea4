import type {
  LanguageModelV4FinishReason,
  LanguageModelV4ToolCall,
  SharedV4ProviderMetadata,
} from "@ai-sdk/provider";
import { NO_USAGE, type TokenUsage } from "../core/run-metrics.ts";

/** A piece of a turn in the order in which the model wrote it. Lengths count UTF-16 units of the journal's text. */
export type TurnPart =
  | {
      type: "text" | "reasoning";
      text: string;
      metadata: SharedV4ProviderMetadata | undefined;
      /** The text is not the provider's any more. */
      isMasked?: boolean;
    }
  | { type: "call"; call: LanguageModelV4ToolCall };

/** What one model call has brought so far; complete when `finishReason` is set. */
export interface ModelTurn {
  parts: TurnPart[];
  usage: TokenUsage;
  /** Millionths of a US dollar; null where no price is known. */
  costMicroUsd: number | null;
  finishReason: LanguageModelV4FinishReason["unified"] | null;
  /** The model that was asked last: the run's own, or one that stands in. */
  model: { id: string; provider: string } | null;
  /** Milliseconds on the monotonic clock at which the first text or reasoning came; null before. */
  firstTextAtMs: number | null;
}

/** A turn of which nothing has come yet. */
export function newModelTurn(): ModelTurn {
  return {
    parts: [],
    usage: NO_USAGE,
    costMicroUsd: null,
    finishReason: null,
    model: null,
    firstTextAtMs: null,
  };
}

/** The turn's text or reasoning as one string. */
export function turnText(turn: ModelTurn, type: "text" | "reasoning"): string {
  let text = "";
  for (const part of turn.parts) if (part.type === type) text += part.text;
  return text;
}
