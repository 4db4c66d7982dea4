import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import type { BoundModel } from "#lib/runtime/ports.ts";

/** What a model answers to one call: parts, or anything that makes a stream, or throws. */
export type StreamAnswer =
  | readonly LanguageModelV4StreamPart[]
  | ((
      options: LanguageModelV4CallOptions,
    ) => ReadableStream<LanguageModelV4StreamPart> | Promise<ReadableStream<LanguageModelV4StreamPart>>);

/** A model that gives prepared answers, one a call, and keeps what it was asked. */
export function streamModel(
  ...answers: StreamAnswer[]
): BoundModel & { calls: LanguageModelV4CallOptions[] } {
  const calls: LanguageModelV4CallOptions[] = [];
  const model: LanguageModelV4 = {
    specificationVersion: "v4",
    provider: "test",
    modelId: "test-1",
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error("The loop only streams.")),
    async doStream(options) {
      const answer = answers[Math.min(calls.length, answers.length - 1)];
      calls.push(options);
      if (typeof answer === "function") return { stream: await answer(options) };
      return { stream: streamOf(answer ?? []) };
    },
  };
  return {
    model,
    id: "test-1",
    provider: "Test",
    calls,
    costMicroUsd: (usage) => usage.totalTokens * 2,
    structuredOutput: "schema",
  };
}

/** A stream that has all its parts at once. */
function streamOf(parts: readonly LanguageModelV4StreamPart[]): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

/** A stream whose parts come when the test pushes them. It heeds no abort signal, as a bad provider. */
export function pushStream() {
  let controller: ReadableStreamDefaultController<LanguageModelV4StreamPart> | undefined;
  const stream = new ReadableStream<LanguageModelV4StreamPart>({
    start(one) {
      controller = one;
    },
  });
  return {
    stream,
    push: (...parts: LanguageModelV4StreamPart[]) => {
      for (const part of parts) controller?.enqueue(part);
    },
    end: () => controller?.close(),
    fail: (error: unknown) => controller?.error(error),
  };
}

/** A text part in the given pieces. */
export function text(...deltas: string[]): LanguageModelV4StreamPart[] {
  return [
    { type: "text-start", id: "t" },
    ...deltas.map((delta) => ({ type: "text-delta" as const, id: "t", delta })),
    { type: "text-end", id: "t" },
  ];
}

/** A reasoning part in the given pieces. */
export function reasoning(...deltas: string[]): LanguageModelV4StreamPart[] {
  return [
    { type: "reasoning-start", id: "r" },
    ...deltas.map((delta) => ({ type: "reasoning-delta" as const, id: "r", delta })),
    { type: "reasoning-end", id: "r" },
  ];
}

/** A tool call. */
export function call(toolCallId: string, toolName: string, input: unknown): LanguageModelV4StreamPart {
  const json = typeof input === "string" ? input : JSON.stringify(input);
  return { type: "tool-call", toolCallId, toolName, input: json };
}

/** The end of an answer: ten tokens in, five out. */
export function finish(
  unified: "stop" | "tool-calls" | "content-filter" = "stop",
): LanguageModelV4StreamPart {
  return {
    type: "finish",
    finishReason: { unified, raw: undefined },
    usage: {
      inputTokens: { total: 10, noCache: 10, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: 5, text: 5, reasoning: undefined },
    },
  };
}
