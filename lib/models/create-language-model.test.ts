import {
  APICallError,
  type LanguageModelV4CallOptions,
  type LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { afterEach, describe, expect, test } from "vitest";
import {
  type MockServer,
  sendEvents,
  sendJson,
  startMockOpenAi,
  startMockServer,
} from "#tests/support/mock-openai.ts";
import type { ModelProviderKind } from "#lib/core/model-provider.ts";
import { createLanguageModel } from "./create-language-model.ts";

const KEY = "sk-test-0123456789abcdef";
const servers: MockServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const call: LanguageModelV4CallOptions = {
  prompt: [
    { role: "system", content: "Be brief." },
    { role: "user", content: [{ type: "text", text: "Time and 1 + 1?" }] },
  ],
  tools: [
    {
      type: "function",
      name: "calculator",
      inputSchema: { type: "object", properties: { a: { type: "number" } } },
    },
    { type: "function", name: "current_time", inputSchema: { type: "object", properties: {} } },
  ],
};

const responsesEvents = [
  { type: "response.created", response: { id: "resp_1", created_at: 1_700_000_000, model: "gpt-mock" } },
  {
    type: "response.output_item.added",
    output_index: 0,
    item: { id: "rs_1", type: "reasoning", summary: [], encrypted_content: "e" },
  },
  { type: "response.reasoning_summary_part.added", item_id: "rs_1", summary_index: 0 },
  { type: "response.reasoning_summary_text.delta", item_id: "rs_1", summary_index: 0, delta: "Let me see" },
  {
    type: "response.output_item.done",
    output_index: 0,
    item: {
      id: "rs_1",
      type: "reasoning",
      encrypted_content: "sealed",
      summary: [{ type: "summary_text", text: "Let me see" }],
    },
  },
  { type: "response.output_item.added", output_index: 1, item: { id: "msg_1", type: "message" } },
  { type: "response.output_text.delta", item_id: "msg_1", delta: "Hel" },
  { type: "response.output_text.delta", item_id: "msg_1", delta: "lo" },
  { type: "response.output_item.done", output_index: 1, item: { id: "msg_1", type: "message" } },
  ...[
    ["call_1", "calculator", '{"a":1}'],
    ["call_2", "current_time", "{}"],
  ].flatMap(([call_id, name, args], index) => [
    {
      type: "response.output_item.added",
      output_index: 2 + index,
      item: { id: `fc_${index}`, type: "function_call", call_id, name, arguments: "" },
    },
    {
      type: "response.function_call_arguments.delta",
      item_id: `fc_${index}`,
      output_index: 2 + index,
      delta: args,
    },
    {
      type: "response.output_item.done",
      output_index: 2 + index,
      item: { id: `fc_${index}`, type: "function_call", call_id, name, arguments: args, status: "completed" },
    },
  ]),
  {
    type: "response.completed",
    response: {
      usage: {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 40 },
        output_tokens: 20,
        output_tokens_details: { reasoning_tokens: 5 },
      },
    },
  },
];

const messagesEvents = [
  {
    type: "message_start",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      content: [],
      model: "claude-mock",
      stop_reason: null,
      stop_sequence: null,
      usage: {
        input_tokens: 60,
        cache_read_input_tokens: 40,
        cache_creation_input_tokens: 0,
        output_tokens: 1,
      },
    },
  },
  { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "Let me see" } },
  { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "sealed" } },
  { type: "content_block_stop", index: 0 },
  { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Hel" } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "lo" } },
  { type: "content_block_stop", index: 1 },
  ...[
    ["call_1", "calculator", '{"a":1}'],
    ["call_2", "current_time", "{}"],
  ].flatMap(([id, name, partial_json], index) => [
    {
      type: "content_block_start",
      index: 2 + index,
      content_block: { type: "tool_use", id, name, input: {} },
    },
    { type: "content_block_delta", index: 2 + index, delta: { type: "input_json_delta", partial_json } },
    { type: "content_block_stop", index: 2 + index },
  ]),
  {
    type: "message_delta",
    delta: { stop_reason: "tool_use", stop_sequence: null },
    usage: { output_tokens: 20 },
  },
  { type: "message_stop" },
];

const geminiEvents = [
  { candidates: [{ content: { role: "model", parts: [{ text: "Let me see", thought: true }] } }] },
  { candidates: [{ content: { role: "model", parts: [{ text: "Hel" }] } }] },
  { candidates: [{ content: { role: "model", parts: [{ text: "lo" }] } }] },
  {
    candidates: [
      {
        content: {
          role: "model",
          parts: [
            { functionCall: { name: "calculator", args: { a: 1 } }, thoughtSignature: "sealed" },
            { functionCall: { name: "current_time", args: {} } },
          ],
        },
        finishReason: "STOP",
      },
    ],
    usageMetadata: {
      promptTokenCount: 100,
      cachedContentTokenCount: 40,
      candidatesTokenCount: 15,
      thoughtsTokenCount: 5,
      totalTokenCount: 120,
    },
  },
];

async function startVendor(kind: ModelProviderKind): Promise<MockServer> {
  const toolCalls = [
    { id: "call_1", name: "calculator", arguments: '{"a":1}' },
    { id: "call_2", name: "current_time", arguments: "{}" },
  ];
  const server = await (() => {
    switch (kind) {
      case "openai":
        return startMockServer("/v1", (_request, response) => sendEvents(response, responsesEvents));
      case "anthropic":
        return startMockServer("/v1", (_request, response) => sendEvents(response, messagesEvents));
      case "google":
        return startMockServer("/v1beta", (_request, response) => sendEvents(response, geminiEvents));
      case "openai-compatible":
        return startMockOpenAi({
          reasoning: ["Let me see"],
          chunks: ["Hel", "lo"],
          toolCalls,
          usage: { prompt_tokens: 100, completion_tokens: 20, cached_tokens: 40 },
        });
    }
  })();
  servers.push(server);
  return server;
}

async function collect(
  stream: ReadableStream<LanguageModelV4StreamPart>,
): Promise<LanguageModelV4StreamPart[]> {
  const parts: LanguageModelV4StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

const vendors: [ModelProviderKind, string, string][] = [
  ["openai", "/v1/responses", "authorization"],
  ["anthropic", "/v1/messages", "x-api-key"],
  ["google", "/v1beta/models/mock-1:streamGenerateContent?alt=sse", "x-goog-api-key"],
  ["openai-compatible", "/v1/chat/completions", "authorization"],
];

describe.each(vendors)("%s", (kind, path, keyHeader) => {
  test("streams text, reasoning, parallel tool calls and usage in its own format", async () => {
    const server = await startVendor(kind);
    const model = await createLanguageModel({ kind, baseUrl: server.url, apiKey: KEY, modelId: "mock-1" });
    const parts = await collect((await model.doStream(call)).stream);
    const textOf = (type: string) =>
      parts.map((part) => (part.type === type && "delta" in part ? part.delta : "")).join("");

    expect(textOf("text-delta")).toBe("Hello");
    expect(textOf("reasoning-delta")).toBe("Let me see");
    const calls = parts.flatMap((part) =>
      part.type === "tool-call" ? [[part.toolName, JSON.parse(part.input)]] : [],
    );
    expect(calls).toEqual([
      ["calculator", { a: 1 }],
      ["current_time", {}],
    ]);
    expect(parts.at(-1)).toMatchObject({
      type: "finish",
      finishReason: { unified: "tool-calls" },
      usage: { inputTokens: { total: 100, cacheRead: 40 }, outputTokens: { total: 20 } },
    });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.path).toBe(path);
    expect(server.requests[0]?.headers[keyHeader]).toContain(KEY);
  });

  test("reports an error with its status, whether to retry, and without the key that the server repeats", async () => {
    const server = await startMockServer("/v1", (_request, response) =>
      sendJson(response, 429, {
        type: "error",
        error: { message: `Slow down, ${KEY}`, type: "x", code: 429, status: "X" },
      }),
    );
    servers.push(server);
    const model = await createLanguageModel({ kind, baseUrl: server.url, apiKey: KEY, modelId: "mock-1" });
    const error: unknown = await Promise.resolve(model.doStream(call)).catch((caught: unknown) => caught);
    expect(APICallError.isInstance(error) && { status: error.statusCode, retry: error.isRetryable }).toEqual({
      status: 429,
      retry: true,
    });
    expect(String(error)).toContain("Slow down, [key]");
    expect(JSON.stringify(error)).not.toContain(KEY);
  });

  test("does not carry the key to where a redirect points", async () => {
    const thief = await startMockServer("", (_request, response) => sendJson(response, 200, {}));
    const server = await startMockServer("/v1", (_request, response) => {
      response.writeHead(307, { location: thief.url });
      response.end();
    });
    servers.push(thief, server);
    const model = await createLanguageModel({ kind, baseUrl: server.url, apiKey: KEY, modelId: "mock-1" });
    await expect(model.doStream(call)).rejects.toThrow();
    expect(thief.requests).toEqual([]);
  });

  test("stops on an abort while the server is still thinking", async () => {
    const asked = Promise.withResolvers<void>();
    const server = await startMockServer("/v1", (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      asked.resolve();
    });
    servers.push(server);
    const model = await createLanguageModel({ kind, baseUrl: server.url, apiKey: KEY, modelId: "mock-1" });
    const controller = new AbortController();
    const draining = Promise.resolve(model.doStream({ ...call, abortSignal: controller.signal })).then(
      ({ stream }) => collect(stream),
    );
    await asked.promise;
    controller.abort();
    await expect(draining).rejects.toMatchObject({ name: "AbortError" });
  });
});

test("OpenAI is asked to keep nothing", async () => {
  const server = await startVendor("openai");
  const address = { kind: "openai", baseUrl: server.url, apiKey: KEY, modelId: "gpt-5" } as const;
  await collect((await (await createLanguageModel(address)).doStream(call)).stream);
  expect(server.requests[0]?.body).toMatchObject({ store: false, include: ["reasoning.encrypted_content"] });
});

test("a compatible server without a key gets no authorization header", async () => {
  const server = await startVendor("openai-compatible");
  const address = {
    kind: "openai-compatible",
    baseUrl: `${server.url}/`,
    apiKey: null,
    modelId: "m",
  } as const;
  await collect((await (await createLanguageModel(address)).doStream(call)).stream);
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
});
