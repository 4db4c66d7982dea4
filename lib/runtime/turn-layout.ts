import type { SharedV4ProviderMetadata } from "@ai-sdk/provider";
import type { JsonValue } from "../core/json.ts";
import type { ModelTurn } from "./model-turn.ts";

/** Where the pieces of a turn lie and what their provider wants back; kept beside the journal's ModelRequestCompleted. */
export interface TurnLayout {
  type: "text" | "reasoning" | "call";
  /** UTF-16 units, of text and reasoning. */
  length?: number;
  metadata?: SharedV4ProviderMetadata;
}

/**
 * The layout of a turn, or undefined when no piece of it has provider metadata and the plain order will do. Reasoning of
 * which something was masked goes without: its provider has signed other words, and refuses these, or a part of them.
 */
export function layoutOf(turn: ModelTurn): TurnLayout[] | undefined {
  const isMasked = turn.parts.some((part) => part.type === "reasoning" && part.isMasked === true);
  const layout = turn.parts.map((part): TurnLayout => {
    if (part.type === "call") return withMetadata({ type: "call" }, part.call.providerMetadata);
    const metadata = part.type === "reasoning" && isMasked ? undefined : part.metadata;
    return withMetadata({ type: part.type, length: part.text.length }, metadata);
  });
  return layout.some((piece) => piece.metadata !== undefined) ? layout : undefined;
}

function withMetadata(piece: TurnLayout, metadata: SharedV4ProviderMetadata | undefined): TurnLayout {
  return metadata === undefined ? piece : { ...piece, metadata };
}

/** Makes provider metadata storable beside the journal. */
export function layoutAsJson(layout: readonly TurnLayout[]): JsonValue {
  return JSON.parse(JSON.stringify(layout)) as JsonValue;
}
