import { performance } from "node:perf_hooks";
import { expect, it } from "vitest";
import { guardrailSchema } from "#lib/core/guardrail.ts";
import { acceptFiles } from "./accept-files.ts";
import { screenQuestion } from "./screen-question.ts";

const pii = (patterns: readonly string[], types: readonly string[] = ["card", "email"]) =>
  guardrailSchema.parse({
    kind: "pii",
    types,
    patterns: patterns.map((pattern, at) => ({ name: `p${at}`, pattern })),
  });

function took(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

it("each value of a message with a schema is masked by itself, in its own place", () => {
  const { message, screened } = screenQuestion(
    { guardrails: [pii(["^whole$", "\\s+x"])], input_schema: { type: "object" } },
    '{"a":"whole","b":["4111 1111","1111 1111","jo@example.com"],"c":"not whole  x","bo@example.com":"","n":4111111111111111}',
    [],
  );
  expect(JSON.parse(message)).toEqual({
    a: "*****",
    b: ["4111 1111", "1111 1111", "*".repeat(14)],
    c: "not whole***",
    ["*".repeat(14)]: "",
    n: "*".repeat(16),
  });
  expect(screened?.found).toEqual({ p0: 1, p1: 1, Email: 2, "Credit Card": 1 });
});

it("a message of very many values takes no longer than one long one", () => {
  const patterns = Array.from({ length: 20 }, (_, at) => `EMP-${at}\\d{3}`);
  const values = Array.from({ length: 20_000 }, (_, at) => `value ${at}`);
  const message = JSON.stringify({ values: [...values, "EMP-7123"] });
  let masked = "";
  const ms = took(() => {
    const screening = screenQuestion(
      { guardrails: [pii(patterns)], input_schema: { type: "object" } },
      message,
      [],
    );
    masked = screening.message;
  });
  expect(masked).toContain('"value 19999","********"');
  expect(ms).toBeLessThan(2_000);
});

it("all patterns, texts and files of a request share one deadline; when it is over nothing is let through", () => {
  // Long for each, and for none too long.
  const slow = "a".repeat(4_000);
  const files = acceptFiles(
    Array.from({ length: 10 }, (_, at) => ({
      filename: `${at}.txt`,
      mediaType: "text/plain",
      bytes: Buffer.from(slow),
    })),
  );
  const guardrails = [
    pii(
      Array.from({ length: 20 }, (_, at) => `a*b${at}`),
      [],
    ),
  ];
  const ms = took(() =>
    expect(() => screenQuestion({ guardrails }, slow, files)).toThrow(
      expect.objectContaining({
        status: 400,
        details: expect.objectContaining({ error_id: "validation_failed" }),
      }),
    ),
  );
  expect(ms).toBeLessThan(2_000);
});
