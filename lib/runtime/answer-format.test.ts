import { expect, test } from "vitest";
import { testAgent } from "#tests/support/run-ports.ts";
import { answerFormat } from "./answer-format.ts";

const schema = { title: "Weather report", type: "object", properties: { city: { type: "string" } } };

test("an agent whose answers are text has no format", () => {
  expect(answerFormat(testAgent(), { structuredOutput: "schema" })).toBeNull();
});

test("a model that takes schemas is given the schema and no words", () => {
  expect(answerFormat(testAgent({ output_schema: schema }), { structuredOutput: "schema" })).toEqual({
    responseFormat: { type: "json", schema, name: "Weather_report" },
    prompt: "",
  });
});

test.each([
  ["json", {}, { type: "json" }],
  ["prompt", {}, undefined],
  ["schema", { use_json_mode: true }, { type: "json" }],
  ["schema", { structured_outputs: false }, undefined],
] as const)("a %s model with %j gets the schema in words", (structuredOutput, wants, responseFormat) => {
  const format = answerFormat(testAgent({ output_schema: schema, ...wants }), { structuredOutput });
  expect(format?.responseFormat).toEqual(responseFormat);
  expect(format?.prompt).toContain(JSON.stringify(schema));
});

test("an agent may say that its model takes schemas", () => {
  const agent = testAgent({ output_schema: schema, structured_outputs: true });
  expect(answerFormat(agent, { structuredOutput: "prompt" })).toMatchObject({ prompt: "" });
});
