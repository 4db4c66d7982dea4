import { APICallError } from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import type { ModelReference } from "#lib/core/model-reference.ts";
import type { BoundModel } from "#lib/runtime/ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { finish, type StreamAnswer, streamModel, text } from "#tests/support/stream-model.ts";
import { runAgent } from "./run-agent.ts";

const failing =
  (statusCode: number | undefined, message = "no"): StreamAnswer =>
  () =>
    Promise.reject(new APICallError({ message, statusCode, url: "http://x", requestBodyValues: {} }));

const answer = [...text("Hello"), finish()];
const ref = (id: string): ModelReference => ({ provider: "other", id });

function standIns(models: Record<string, StreamAnswer>) {
  const bound = new Map<string, BoundModel & { calls: unknown[] }>(
    Object.entries(models).map(([id, one]) => [id, { ...streamModel(one), id, provider: "Other" }]),
  );
  const asked: string[] = [];
  const bindModel = (reference: ModelReference) => {
    asked.push(reference.id);
    const model = bound.get(reference.id);
    return model === undefined
      ? Promise.reject(new AppError("conflict", `There is no connection for ${reference.id}.`))
      : Promise.resolve(model);
  };
  return { asked, bindModel, bound };
}

const LIMITS = { modelRetries: 0 };

describe("when a model fails before its first output", () => {
  it.each([
    [429, undefined, ["quick", "general"]],
    [400, "This model's maximum context length is 8192 tokens", ["roomy", "general"]],
    [413, "prompt is too long", ["roomy", "general"]],
    [503, undefined, ["general"]],
    [undefined, undefined, ["general"]],
    [400, "unknown parameter", []],
    [401, undefined, []],
    [403, undefined, []],
    [404, undefined, []],
    [422, undefined, []],
  ])(
    "with %s %s those for the cause stand in first, then the general: %j",
    async (status, message, tried) => {
      const { asked, bindModel } = standIns({});
      const { ports, journal } = runWorld({
        model: streamModel(failing(status, message)),
        bindModel,
        limits: LIMITS,
      });
      const agent = testAgent({
        fallback_models: [ref("general"), { provider: "test", id: "test-1" }],
        fallback_config: { on_rate_limit: [ref("quick")], on_context_overflow: [ref("roomy")] },
      });
      expect(await runAgent(agent, ports)).toMatchObject({ status: "ERROR" });
      expect(asked).toEqual(tried);
      expect(journal.types.filter((type) => type === "ModelRequestStarted")).toHaveLength(1);
    },
  );

  it("the events and the metrics say which model answered, and which had failed", async () => {
    const { bindModel } = standIns({ broken: failing(401), general: answer });
    const { ports, journal } = runWorld({ model: streamModel(failing(503)), bindModel, limits: LIMITS });
    const agent = testAgent({ fallback_models: [ref("gone"), ref("broken"), ref("general")] });
    expect(await runAgent(agent, ports)).toEqual({ status: "COMPLETED", content: "Hello" });
    expect(journal.bodies("ModelRequestCompleted")[0]).toMatchObject({
      model: "general",
      model_provider: "Other",
      failed_models: [
        { model: "test-1", error_type: "model_provider_error" },
        { model: "gone", error_type: "conflict", error: "There is no connection for gone." },
        { model: "broken", error_type: "model_authentication_error" },
      ],
    });
    expect(journal.bodies("RunCompleted")[0]?.metrics.details?.model).toMatchObject([
      { id: "general", provider: "Other", total_tokens: 15 },
    ]);
    const patches = journal.appends.flatMap((append) => append.patches ?? []);
    expect(patches.findLast(({ patch }) => patch.modelUsage !== undefined)?.patch.modelUsage).toMatchObject([
      { role: "model", id: "general", provider: "Other" },
    ]);
  });

  it("each makes its own retries before the next is asked", async () => {
    const { bindModel, bound } = standIns({ general: answer });
    const model = streamModel(failing(503));
    const { ports } = runWorld({ model, bindModel, limits: { modelRetries: 2, retryBaseMs: 0 } });
    const withoutWaits = {
      ...ports.clock,
      nowMs: () => 0,
      monotonicMs: () => 0,
      after: (_ms: number, callback: () => void) => {
        if (_ms === 0) queueMicrotask(callback);
        return () => undefined;
      },
    };
    await runAgent(testAgent({ fallback_models: [ref("general")] }), { ...ports, clock: withoutWaits });
    expect(model.calls).toHaveLength(3);
    expect(bound.get("general")?.calls).toHaveLength(1);
  });

  it("when all fail the run says what was wrong with its own model", async () => {
    const { bindModel } = standIns({ general: failing(401) });
    const { ports } = runWorld({ model: streamModel(failing(503)), bindModel, limits: LIMITS });
    expect(await runAgent(testAgent({ fallback_models: [ref("general")] }), ports)).toMatchObject({
      error: { type: "model_provider_error" },
    });
  });

  it("one that takes no schema is told of it in words", async () => {
    const { bindModel, bound } = standIns({ general: [...text('{"a":1}'), finish()] });
    const general = bound.get("general");
    if (general !== undefined) general.structuredOutput = "prompt";
    const { ports } = runWorld({ model: streamModel(failing(503)), bindModel, limits: LIMITS });
    const agent = testAgent({ fallback_models: [ref("general")], output_schema: { type: "object" } });
    await runAgent(agent, ports);
    expect(general?.calls[0]).not.toHaveProperty("responseFormat");
    expect(JSON.stringify(general?.calls[0])).toContain("<json_schema>");
  });
});

it("a model that breaks off in mid-answer is replaced by none: what it wrote was read", async () => {
  const { asked, bindModel } = standIns({ general: answer });
  const broken = [...text("Hel"), { type: "error" as const, error: new Error("gone") }];
  const { ports } = runWorld({ model: streamModel(broken), bindModel, limits: LIMITS });
  expect(await runAgent(testAgent({ fallback_models: [ref("general")] }), ports)).toMatchObject({
    status: "ERROR",
    content: "Hel",
  });
  expect(asked).toEqual([]);
});
