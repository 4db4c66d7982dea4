import type { LanguageModelV4Middleware } from "@ai-sdk/provider";
import { expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { CheckError } from "#lib/core/check-error.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { finish, streamModel, text } from "#tests/support/stream-model.ts";
import { runAgent } from "./run-agent.ts";

const ANSWER = [...text("Fine."), finish()];

it("middleware stands around each call of a model, the first one outermost", async () => {
  const order: string[] = [];
  const middleware = ["outer", "inner"].map(
    (name): LanguageModelV4Middleware => ({
      specificationVersion: "v4",
      transformParams: ({ params }) => {
        order.push(`${name} asks`);
        return Promise.resolve({ ...params, maxOutputTokens: (params.maxOutputTokens ?? 1) * 3 });
      },
      wrapStream: async ({ doStream }) => {
        const answer = await doStream();
        order.push(`${name} answers`);
        return answer;
      },
    }),
  );
  const model = streamModel(ANSWER);
  const { ports } = runWorld({ model, middleware });
  expect((await runAgent(testAgent(), ports)).status).toBe("COMPLETED");
  expect(order).toEqual(["outer asks", "inner asks", "inner answers", "outer answers"]);
  expect(model.calls[0]?.maxOutputTokens).toBe(9);
});

it.each([
  [new CheckError("input_not_allowed", "Not now."), "input_check_error", "Not now."],
  [new AppError("conflict", "It is gone."), "conflict", "It is gone."],
  [new Error("oops"), "model_provider_error", "A model middleware failed: oops"],
])("middleware that throws %s ends the run with its own words", async (error, type, sentence) => {
  const model = streamModel(ANSWER);
  const middleware: LanguageModelV4Middleware[] = [
    { specificationVersion: "v4", transformParams: () => Promise.reject(error) },
  ];
  const { ports } = runWorld({ model, middleware });
  expect(await runAgent(testAgent(), ports)).toMatchObject({ status: "ERROR", error: { type, sentence } });
  expect(model.calls).toEqual([]);
});
