import type { LanguageModelV4CallOptions, LanguageModelV4Message } from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { toFrame } from "#lib/core/run-frame.ts";
import { messagesOfRun } from "#lib/core/messages-of-run.ts";
import type { Tool } from "#lib/core/tool.ts";
import type { BoundModel } from "#lib/runtime/ports.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { add } from "#tests/support/sum-tools.ts";
import { HandOver } from "./hand-over.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import { runAgent } from "./run-agent.ts";

/** Gives back a page of text that names the question. */
const read: Tool = {
  ...add,
  name: "read",
  execute: (input) =>
    Promise.resolve(`page ${(input as { a: number }).a}: ${"words and more words, ".repeat(20)}`),
};
const reads = (id: string, a: number) => call(id, "read", { a, b: 0 });
const AGENT = testAgent({ tools: ["read"], compress_tool_results: true });

/** Shortens whatever it is given to its page's number. */
function shortener(fails = false) {
  return streamModel(({ prompt }) => {
    if (fails) throw new Error("no");
    const page = /page \d+/.exec(JSON.stringify(prompt.at(-1)?.content))?.[0] ?? "?";
    return new ReadableStream({
      start(controller) {
        for (const part of [...text(`short of ${page}`), finish()]) controller.enqueue(part);
        controller.close();
      },
    });
  });
}

/** The agent's own model, and another that shortens. */
function world(model: BoundModel, helper: BoundModel = shortener()) {
  const made = runWorld({ model, tools: [read], bindModel: () => Promise.resolve(helper) });
  return { ...made, helper };
}

const elsewhere = testAgent({
  ...AGENT,
  compression_manager: { model: { provider: "other", id: "small" } },
});

function resultsIn(options: LanguageModelV4CallOptions | undefined): string[] {
  return resultsOf(options?.prompt ?? []);
}

function resultsOf(messages: readonly LanguageModelV4Message[]): string[] {
  return messages.flatMap((message) =>
    message.role !== "tool"
      ? []
      : message.content.flatMap((part) =>
          part.type === "tool-result" && part.output.type === "text" ? [part.output.value] : [],
        ),
  );
}

const three = [
  [reads("c1", 1), reads("c2", 2), finish("tool-calls")],
  [reads("c3", 3), finish("tool-calls")],
  [...text("Read."), finish()],
] as const;

describe("compression of tool results", () => {
  it("begins with the third result: each alone, the short texts sent, the originals kept", async () => {
    const model = streamModel(...three);
    const { ports, journal, helper } = world(model);
    expect((await runAgent(elsewhere, ports)).status).toBe("COMPLETED");
    expect(resultsIn(model.calls[1])[0]).toMatch(/^page 1: words/);
    const short = ["short of page 1", "short of page 2", "short of page 3"];
    expect(resultsIn(model.calls[2])).toEqual(short);
    expect("calls" in helper && (helper.calls as unknown[]).length).toBe(3);
    expect(journal.types.filter((type) => type.startsWith("Compression"))).toEqual([
      "CompressionStarted",
      "CompressionCompleted",
    ]);
    const completed = journal.events.find(({ body }) => body.type === "CompressionCompleted");
    const frame = completed === undefined ? {} : toFrame(completed, ports.run);
    expect(frame).toMatchObject({ tool_results_compressed: 3, compressed_size: short.join("").length });
    expect(Object.keys(frame)).not.toContain("results");
    expect(Object.keys(frame)).not.toContain("calls");
    const told = messagesOfRun(ports.run.runId, journal.events).filter(({ role }) => role === "tool");
    expect(told.map(({ compressed_content: content }) => content)).toEqual(short);
    expect(told[0]?.content).toMatch(/^page 1: words/);
  });

  it("counts what it used to its own role, in the run's sums as well", async () => {
    const { ports, journal } = world(streamModel(...three));
    await runAgent(elsewhere, ports);
    expect(journal.bodies("RunCompleted")[0]?.metrics).toMatchObject({
      total_tokens: 90,
      details: { model: [{ total_tokens: 45 }], compression_model: [{ total_tokens: 45, id: "test-1" }] },
    });
    expect(journal.appends.at(-1)?.patches?.[0]?.patch).toMatchObject({
      totalTokens: 90,
      modelUsage: [{ role: "model" }, { role: "compression_model" }],
    });
  });

  it("is remembered: a resumed run and later runs send the same bytes, and nothing is asked again", async () => {
    const model = streamModel(...three.slice(0, 2), () => new ReadableStream());
    const first = world(model);
    const driven = runAgent(elsewhere, first.ports);
    while (model.calls.length < 3) await new Promise((resolve) => setImmediate(resolve));
    first.cancel.abort(new HandOver());
    await driven;
    const left = { events: first.journal.events, internals: first.journal.internals, blobs: first.blobs };
    const again = streamModel([...text("Read."), finish()]);
    const helper = shortener();
    const second = resumedPorts(left, first.ports, {
      model: again,
      bindModel: () => Promise.resolve(helper),
      signal: new AbortController().signal,
    });
    expect((await runAgent(elsewhere, second.ports)).status).toBe("COMPLETED");
    expect(JSON.stringify(again.calls[0]?.prompt)).toBe(JSON.stringify(model.calls[2]?.prompt));
    expect(helper.calls).toHaveLength(0);
    expect(resultsOf(messagesFromEvents(second.journal.events))).toEqual(resultsIn(again.calls[0]));
    expect(second.journal.bodies("RunCompleted")[0]?.metrics).toMatchObject({
      total_tokens: 90,
      cost: 0.00018,
      details: { compression_model: [{ total_tokens: 45 }] },
    });
  });

  it("that fails sends the originals, and is not tried again in the run", async () => {
    const model = streamModel(
      ...three.slice(0, 2),
      [reads("c4", 4), finish("tool-calls")],
      [...text("Read."), finish()],
    );
    const helper = shortener(true);
    const { ports, journal } = world(model, helper);
    expect((await runAgent(elsewhere, ports)).status).toBe("COMPLETED");
    expect(resultsIn(model.calls[3]).every((result) => result.startsWith("page "))).toBe(true);
    expect(helper.calls).toHaveLength(3);
    expect(journal.bodies("CompressionCompleted")).toMatchObject([{ tool_results_compressed: 0 }]);
  });

  it("of results that are short anyway asks nobody", async () => {
    const model = streamModel(
      [call("c1", "add", { a: 1, b: 2 }), call("c2", "add", { a: 1, b: 3 }), finish("tool-calls")],
      [call("c3", "add", { a: 1, b: 4 }), finish("tool-calls")],
      [...text("Added."), finish()],
    );
    const { ports, journal } = runWorld({ model, tools: [add] });
    await runAgent(AGENT, ports);
    expect(model.calls).toHaveLength(3);
    expect(journal.types).not.toContain("CompressionStarted");
  });

  it("by tokens waits for the prompt to be that long, whatever the count", async () => {
    const limit = (compress_token_limit: number) =>
      testAgent({
        ...elsewhere,
        compression_manager: { ...elsewhere.compression_manager, compress_token_limit },
      });
    const early = world(streamModel(...three));
    await runAgent(limit(100), early.ports);
    expect(early.journal.bodies("CompressionCompleted")[0]).toMatchObject({ tool_results_compressed: 2 });
    const never = world(streamModel(...three));
    await runAgent(limit(1_000_000), never.ports);
    expect(never.journal.types).not.toContain("CompressionStarted");
  });

  it("stops with the run", async () => {
    const hanging = streamModel(() => new ReadableStream());
    const { ports, cancel } = world(streamModel(...three), hanging);
    const driven = runAgent(elsewhere, ports);
    while (hanging.calls.length < 3) await new Promise((resolve) => setImmediate(resolve));
    cancel.abort(new Error("cancelled"));
    expect((await driven).status).toBe("CANCELLED");
  });
});
