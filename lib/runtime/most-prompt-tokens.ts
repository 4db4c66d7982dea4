import type { LanguageModelV4CallOptions, LanguageModelV4Message } from "@ai-sdk/provider";

type Prompt = Pick<LanguageModelV4CallOptions, "prompt" | "tools" | "responseFormat">;

/** What providers put around a request that they are not sent: their own words about tools and formats. */
const REQUEST_OVERHEAD_TOKENS = 1_000;
/** What stands around a message, a part of one or a tool's declaration. */
const PIECE_OVERHEAD_TOKENS = 32;
/** A picture or a document costs by its size on the page, which its bytes do not tell. */
const FILE_TOKENS = 50_000;

/**
 * The most tokens that a request can be read as. Text counts a token a byte of its UTF-8, which no tokenizer exceeds
 * (English takes about a quarter of that); a file a token a byte, 50,000 at least.
 */
export function mostPromptTokens({ prompt, tools, responseFormat }: Prompt): number {
  let tokens = REQUEST_OVERHEAD_TOKENS;
  for (const message of prompt) tokens += messageTokens(message);
  for (const tool of tools ?? []) tokens += PIECE_OVERHEAD_TOKENS + textTokens(JSON.stringify(tool));
  if (responseFormat !== undefined) tokens += textTokens(JSON.stringify(responseFormat));
  return tokens;
}

function messageTokens(message: LanguageModelV4Message): number {
  if (message.role === "system") return PIECE_OVERHEAD_TOKENS + textTokens(message.content);
  let tokens = PIECE_OVERHEAD_TOKENS;
  for (const part of message.content) {
    tokens += PIECE_OVERHEAD_TOKENS;
    if (part.type === "text" || part.type === "reasoning") tokens += textTokens(part.text);
    else if (part.type === "file" || part.type === "reasoning-file") tokens += fileTokens(part.data);
    else tokens += textTokens(JSON.stringify(part));
  }
  return tokens;
}

function fileTokens(data: unknown): number {
  if (data instanceof Uint8Array) return Math.max(FILE_TOKENS, data.byteLength);
  if (typeof data === "object" && data !== null && "data" in data) return fileTokens(data.data);
  return Math.max(FILE_TOKENS, textTokens(typeof data === "string" ? data : JSON.stringify(data ?? null)));
}

function textTokens(text: string): number {
  return Buffer.byteLength(text);
}
