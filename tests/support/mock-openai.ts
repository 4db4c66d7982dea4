import http from "node:http";
import type { AddressInfo } from "node:net";

/** One answer of the mock: text pieces, reasoning pieces, tool calls and usage, as chat completions stream them. */
export interface MockAnswer {
  chunks?: readonly string[];
  reasoning?: readonly string[];
  toolCalls?: readonly { id: string; name: string; arguments: string }[];
  usage?: { prompt_tokens: number; completion_tokens: number; cached_tokens?: number };
  /** Answers with this status and message instead. */
  error?: { status: number; message: string };
}

interface MockOptions extends MockAnswer {
  /** Milliseconds before the first and between all pieces. */
  delayMs?: number;
  /** Answers by turn, the last one for all further turns; wins over the fields of a single answer. */
  answers?: readonly MockAnswer[];
  models?: readonly string[];
}

/** A request as the mock received it. */
export interface MockRequest {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Record<string, unknown>;
}

export interface MockServer {
  /** The base URL, with `/v1`. */
  url: string;
  requests: MockRequest[];
  close(): Promise<void>;
}

/** Starts an OpenAI-compatible server on a free port: `GET /v1/models` and `POST /v1/chat/completions`. */
export async function startMockOpenAi(options: MockOptions = {}): Promise<MockServer> {
  let turn = 0;
  return startMockServer("/v1", async (request, response) => {
    if (request.method === "GET") {
      const data = (options.models ?? ["mock-1"]).map((id) => ({ id, object: "model" }));
      sendJson(response, 200, { object: "list", data });
      return;
    }
    const answer = options.answers?.[Math.min(turn, options.answers.length - 1)] ?? options;
    turn += 1;
    if (answer.error !== undefined) {
      sendJson(response, answer.error.status, { error: { message: answer.error.message, type: "mock" } });
      return;
    }
    if (request.body["stream"] === true) await streamAnswer(answer, options.delayMs ?? 0, response);
    else sendJson(response, 200, wholeAnswer(answer));
  });
}

/** Starts any mock server; the handler gets parsed requests, which are recorded before. */
export async function startMockServer(
  basePath: string,
  handle: (request: MockRequest, response: http.ServerResponse) => Promise<void> | void,
): Promise<MockServer> {
  const requests: MockRequest[] = [];
  const answer = async (incoming: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString("utf8");
    const request: MockRequest = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
    requests.push(request);
    await handle(request, response);
  };
  const server = http.createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Sends a JSON body. */
export function sendJson(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** Sends server-sent events; a string is sent as it is, with an event name where the value has a `type`. */
export async function sendEvents(
  response: http.ServerResponse,
  events: readonly unknown[],
  delayMs = 0,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  for (const event of events) {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (response.destroyed) return;
    const name =
      typeof event === "object" && event !== null && "type" in event ? `event: ${String(event.type)}\n` : "";
    response.write(`${name}data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`);
  }
  response.end();
}

async function streamAnswer(
  answer: MockAnswer,
  delayMs: number,
  response: http.ServerResponse,
): Promise<void> {
  const deltas: Record<string, unknown>[] = [
    ...(answer.reasoning ?? []).map((reasoning_content) => ({ reasoning_content })),
    ...(answer.chunks ?? []).map((content) => ({ content })),
    ...(answer.toolCalls ?? []).flatMap((call, index) => {
      const middle = Math.ceil(call.arguments.length / 2);
      const start = { name: call.name, arguments: call.arguments.slice(0, middle) };
      return [
        { tool_calls: [{ index, id: call.id, type: "function", function: start }] },
        { tool_calls: [{ index, function: { arguments: call.arguments.slice(middle) } }] },
      ];
    }),
  ];
  const base = {
    id: "chatcmpl-mock",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "mock-1",
  };
  const finish_reason = (answer.toolCalls ?? []).length > 0 ? "tool_calls" : "stop";
  await sendEvents(
    response,
    [
      ...deltas.map((delta) => ({ ...base, choices: [{ index: 0, delta, finish_reason: null }] })),
      { ...base, choices: [{ index: 0, delta: {}, finish_reason }] },
      { ...base, choices: [], usage: usageOf(answer) },
      "[DONE]",
    ],
    delayMs,
  );
}

function wholeAnswer(answer: MockAnswer): unknown {
  const tool_calls = (answer.toolCalls ?? []).map(({ id, name, arguments: input }) => ({
    id,
    type: "function",
    function: { name, arguments: input },
  }));
  const message = {
    role: "assistant",
    content: (answer.chunks ?? []).join(""),
    ...(tool_calls.length > 0 ? { tool_calls } : {}),
  };
  return {
    id: "chatcmpl-mock",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "mock-1",
    choices: [{ index: 0, message, finish_reason: tool_calls.length > 0 ? "tool_calls" : "stop" }],
    usage: usageOf(answer),
  };
}

function usageOf(answer: MockAnswer): unknown {
  const usage = answer.usage ?? { prompt_tokens: 10, completion_tokens: (answer.chunks ?? []).length };
  return {
    prompt_tokens: usage.prompt_tokens,
    completion_tokens: usage.completion_tokens,
    total_tokens: usage.prompt_tokens + usage.completion_tokens,
    prompt_tokens_details: { cached_tokens: usage.cached_tokens ?? 0 },
  };
}
