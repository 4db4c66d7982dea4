import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createScriptedModel } from "./scripted-model.ts";

const tools = Object.entries({
  calculator: {
    description: "Evaluates an arithmetic expression exactly.",
    schema: z.object({ expression: z.string() }),
  },
  current_time: {
    description: "Tells the current date and time in a time zone.",
    schema: z.object({ timezone: z.string().optional() }),
  },
  web_fetch: { description: "Reads a web page as markdown.", schema: z.object({ url: z.url() }) },
  set_session_state: {
    description: "Keeps a value under a key for the rest of the session.",
    schema: z.object({ key: z.string(), value: z.json() }),
  },
  get_session_state: {
    description: "Reads a value that was kept in the session.",
    schema: z.object({ key: z.string().optional() }),
  },
  add_note: { description: "Writes a note down.", schema: z.object({ text: z.string() }) },
  send_payment: {
    description: "Transfers money.",
    schema: z.object({
      amount: z.number(),
      currency: z.enum(["EUR", "USD"]).default("EUR"),
      recipient: z.string(),
      urgent: z.boolean().optional(),
    }),
  },
  ship_order: {
    description: "Ships goods.",
    schema: z.object({ method: z.enum(["air_mail", "sea"]), count: z.int(), to_email: z.email() }),
  },
}).map(([name, { description, schema }]) => ({
  type: "function" as const,
  name,
  description,
  inputSchema: z.toJSONSchema(schema, { io: "input" }) as object,
}));

function user(text: string): LanguageModelV4Message {
  return { role: "user", content: [{ type: "text", text }] };
}

function result(
  toolName: string,
  value: string,
  type: "text" | "error-text" = "text",
): LanguageModelV4Message {
  return {
    role: "tool",
    content: [{ type: "tool-result", toolCallId: "x", toolName, output: { type, value } }],
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function collect(options: Partial<LanguageModelV4CallOptions>, wordDelayMs = 0) {
  let ids = 0;
  const model = createScriptedModel({ wordDelayMs, newId: () => `call_${(ids += 1)}` });
  const { stream } = await model.doStream({ prompt: [user("hello")], tools, ...options });
  const parts: LanguageModelV4StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  const textOf = (type: "text-delta" | "reasoning-delta") =>
    parts.map((part) => (part.type === type ? part.delta : "")).join("");
  return {
    parts,
    text: textOf("text-delta"),
    reasoning: textOf("reasoning-delta"),
    calls: parts.flatMap((part) =>
      part.type === "tool-call" ? [[part.toolName, readJson(part.input)]] : [],
    ),
  };
}

async function ask(...prompt: LanguageModelV4Message[]) {
  return collect({ prompt });
}

describe("picks the tool and fills its arguments from the message", () => {
  test.each([
    ["What is 12 * 7?", [["calculator", { expression: "12 * 7" }]]],
    ["What is 3 times 4 plus 1?", [["calculator", { expression: "3 * 4 + 1" }]]],
    ["How much is 15% of 80?", [["calculator", { expression: "15 / 100 * 80" }]]],
    ["Compute (2 + 3) * sqrt(16)", [["calculator", { expression: "(2 + 3) * sqrt(16)" }]]],
    ["What is the square root of 81, please", [["calculator", { expression: "sqrt(81)" }]]],
    ["What is 1,000 divided by 8?", [["calculator", { expression: "1000 / 8" }]]],
    ["What time is it?", [["current_time", {}]]],
    ["What time is it in New York?", [["current_time", { timezone: "America/New_York" }]]],
    ["time in Europe/Berlin", [["current_time", { timezone: "Europe/Berlin" }]]],
    ["Read https://example.com/a?b=1.", [["web_fetch", { url: "https://example.com/a?b=1" }]]],
    ["fetch example.com", [["web_fetch", { url: "https://example.com" }]]],
    [
      "Set the session state favourite colour to blue",
      [["set_session_state", { key: "favourite_colour", value: "blue" }]],
    ],
    ["set counter to 5", [["set_session_state", { key: "counter", value: 5 }]]],
    [
      "Remember that my favourite colour is green.",
      [["set_session_state", { key: "favourite_colour", value: "green" }]],
    ],
    ["What is the value of counter in the session state?", [["get_session_state", {}]]],
    ["What day is it today?", [["current_time", {}]]],
    ["Take a note: buy milk; and bread", [["add_note", { text: "buy milk" }]]],
    ['Note "bread and butter; then jam"', [["add_note", { text: "bread and butter; then jam" }]]],
    [
      "pay 40 USD to Ada Lovelace",
      [["send_payment", { amount: 40, currency: "USD", recipient: "Ada Lovelace" }]],
    ],
    ["pay 12.5 to Bob, not urgent", [["send_payment", { amount: 12.5, recipient: "Bob", urgent: false }]]],
    [
      "ship 3 by air mail to ada@example.com",
      [["ship_order", { method: "air_mail", count: 3, to_email: "ada@example.com" }]],
    ],
    ["add note text: milk, bread and eggs", [["add_note", { text: "milk, bread and eggs" }]]],
    ['add_note {"text": "as JSON"}', [["add_note", { text: "as JSON" }]]],
  ])("%s", async (message, calls) => {
    expect((await ask(user(message))).calls).toEqual(calls);
  });

  test("writes no question down", async () => {
    const { calls, text } = await ask(user("Which note did I take?"));
    expect(calls).toEqual([]);
    expect(text).toContain("no `text`");
  });

  test.each(["Hello", "Who wrote Faust?", "I pay attention to 2026-10-05", "It is 10:30"])(
    "calls nothing for %j",
    async (message) => {
      const { calls, text } = await collect({ prompt: [user(message)], tools: tools.slice(0, 1) });
      expect(calls).toEqual([]);
      expect(text).toContain("not a language model");
    },
  );
});

describe("several requests in one message", () => {
  const message = "Calculate 2 + 3 and then note the result";

  test("run one after the other, the second with the first one's result", async () => {
    expect((await ask(user(message))).calls).toEqual([["calculator", { expression: "2 + 3" }]]);
    const second = await ask(user(message), result("calculator", "5"));
    expect(second.calls).toEqual([["add_note", { text: "5" }]]);
    const last = await ask(user(message), result("calculator", "5"), result("add_note", "kept"));
    expect(last.calls).toEqual([]);
    expect(last.text).toBe(
      "1. The tool **calculator** returned `5`.\n2. The tool **add_note** returned `kept`.",
    );
  });

  test("run side by side when `and` joins complete calls", async () => {
    const { calls } = await ask(user("What is 6 * 7 and what time is it in Tokyo?"));
    expect(calls).toEqual([
      ["calculator", { expression: "6 * 7" }],
      ["current_time", { timezone: "Asia/Tokyo" }],
    ]);
  });

  test("are planned from the prompt alone: the same prompt gives the same parts", async () => {
    const prompt = [user(message), result("calculator", "5")];
    expect((await collect({ prompt })).parts).toEqual((await collect({ prompt })).parts);
  });
});

describe("answers", () => {
  test("name what a tool still needs, and an example that works", async () => {
    const { calls, text } = await ask(user("Please calculate something"));
    expect(calls).toEqual([]);
    expect(text).toContain("no `expression`");
    const example = /\*([^*]+ \* [^*]+)\*$/.exec(text)?.[1] ?? "";
    expect((await ask(user(example))).calls).toEqual([["calculator", { expression: "12 * 7" }]]);
  });

  test("repeat an error and a refusal instead of hiding them", async () => {
    const failed = await ask(user("fetch example.com"), result("web_fetch", "No such host", "error-text"));
    expect(failed.text).toBe("The tool **web_fetch** failed: `No such host`.");
    const denied = await ask(user("pay 4 to Bob"), {
      role: "tool",
      content: [
        {
          type: "tool-result",
          toolCallId: "x",
          toolName: "send_payment",
          output: { type: "execution-denied", reason: "too much" },
        },
      ],
    });
    expect(denied.text).toContain("was not approved, so I did not do it. The reason given: `too much`.");
  });

  test("fence long results so that they cannot end the block", async () => {
    const { text } = await ask(user("fetch example.com"), result("web_fetch", "a\n```\nb"));
    expect(text).toContain("````\na\n```\nb\n````");
  });

  test("quote earlier messages and instructions when no tool fits", async () => {
    const { text } = await ask(
      { role: "system", content: "You work for the city library. The library opens at nine on weekdays." },
      user("My favourite colour is green."),
      { role: "assistant", content: [{ type: "text", text: "Noted." }] },
      user("Which favourite colour did I mention?"),
    );
    expect(text).toContain("> My favourite colour is green.");
    expect(text).toContain("this conversation");
  });

  test("say what the model is when nothing fits", async () => {
    expect((await ask(user("Tell me a joke"))).text).toContain("Models page");
  });

  test("state the rule that fired as reasoning, unless none is wanted", async () => {
    expect((await ask(user("What is 1 + 1?"))).reasoning).toContain("calculator fits best");
    expect((await collect({ reasoning: "none" })).reasoning).toBe("");
  });

  test("are JSON in the asked shape when the call wants JSON", async () => {
    const schema = z.object({ name: z.string(), age: z.int(), tags: z.array(z.string()) });
    const { text } = await collect({
      tools: [],
      prompt: [user("Call me Ada, age 36")],
      responseFormat: { type: "json", schema: z.toJSONSchema(schema) as object },
    });
    expect(schema.parse(JSON.parse(text))).toMatchObject({ name: "Ada", age: 36 });
  });

  test("estimate their usage at four characters a token", async () => {
    const { parts, text, reasoning } = await collect({ tools: [], prompt: [user("12345678")] });
    expect(parts.at(-1)).toMatchObject({
      type: "finish",
      finishReason: { unified: "stop" },
      usage: {
        inputTokens: { total: 2 },
        outputTokens: { total: Math.ceil(text.length / 4) + Math.ceil(reasoning.length / 4) },
      },
    });
  });
});

describe("directives", () => {
  test("/tool calls what it is told to, one after the other", async () => {
    const message = '/tool add_note {"text": "a b"}\n/tool calculator {"expression":\n "1+1"}';
    expect((await ask(user(message))).calls).toEqual([["add_note", { text: "a b" }]]);
    const second = await ask(user(message), result("add_note", "ok"));
    expect(second.calls).toEqual([["calculator", { expression: "1+1" }]]);
  });

  test("/parallel puts all calls into one turn", async () => {
    const { calls } = await ask(user("/parallel calculate 1 + 1; what time is it; note: x"));
    expect(calls.map(([name]) => name)).toEqual(["calculator", "current_time", "add_note"]);
  });

  test("/long writes exactly so many words", async () => {
    const { text } = await ask(user("/long 500"));
    expect(text.split(" ")).toHaveLength(500);
  });

  test("/error ends the stream with an error part", async () => {
    const { parts } = await ask(user("/error rate limited"));
    expect(parts.find((part) => part.type === "error")).toMatchObject({ error: { message: "rate limited" } });
    await expect(
      createScriptedModel({ wordDelayMs: 0 }).doGenerate({ prompt: [user("/error boom")] }),
    ).rejects.toThrow("boom");
  });

  test("/invalid-json makes a call whose input is not JSON, once", async () => {
    expect((await ask(user("/invalid-json calculator"))).calls).toEqual([["calculator", '{"broken": ']]);
    const after = await ask(user("/invalid-json calculator"), result("calculator", "Not JSON", "error-text"));
    expect(after.text).toContain("failed");
  });

  test("/think and /slow change the manner, not the answer", async () => {
    const thinking = await ask(user("/think What is 2 * 2?"));
    expect(thinking.calls).toEqual([["calculator", { expression: "2 * 2" }]]);
    expect(thinking.reasoning.split("\n").length).toBeGreaterThan(3);
    expect((await ask(user("/slow 1 /markdown"))).text).toContain("```ts");
  });
});

describe("the stream", () => {
  test.each([0, 5])("stops with the signal's reason when aborted at %i ms a word", async (wordDelayMs) => {
    const controller = new AbortController();
    const { stream } = await createScriptedModel({ wordDelayMs }).doStream({
      prompt: [user("/long 1000")],
      abortSignal: controller.signal,
    });
    const reader = stream.getReader();
    await reader.read();
    controller.abort(new Error("stop it"));
    const drain = async () => {
      for (let read = await reader.read(); !read.done; read = await reader.read());
    };
    await expect(drain()).rejects.toThrow("stop it");
  });

  test("refuses to begin under an aborted signal", async () => {
    const call = { prompt: [user("hi")], abortSignal: AbortSignal.abort(new Error("too late")) };
    await expect(createScriptedModel({ wordDelayMs: 0 }).doStream(call)).rejects.toThrow("too late");
  });

  test("sends the same parts with a delay as without", async () => {
    const options = { prompt: [user("What is 1 + 1?")] };
    expect((await collect(options, 1)).parts).toEqual((await collect(options, 0)).parts);
  });

  test("answers a megabyte of hostile text within a second", async () => {
    const started = performance.now();
    await ask(user(`${"( 1 , ".repeat(180_000)}`));
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("says the same through doGenerate", async () => {
    const generated = await createScriptedModel({ wordDelayMs: 0, newId: () => "call_1" }).doGenerate({
      prompt: [user("What is 1 + 1?")],
      tools,
    });
    expect(generated.content).toContainEqual({
      type: "tool-call",
      toolCallId: "call_1",
      toolName: "calculator",
      input: '{"expression":"1 + 1"}',
    });
    expect(generated.finishReason.unified).toBe("tool-calls");
  });
});
