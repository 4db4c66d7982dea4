import { expect, it } from "vitest";
import { guardrailSchema } from "./guardrail.ts";

const issuesOf = (value: unknown) =>
  (guardrailSchema.safeParse(value).error?.issues ?? []).map(({ path }) => path.join("."));

it("fills in what is left out: masks of what goes in, and nothing let through that could not be checked", () => {
  expect(guardrailSchema.parse({ kind: "pii" })).toEqual({
    kind: "pii",
    action: "mask",
    types: ["ssn", "card", "email", "phone"],
    patterns: [],
    applies_to: ["input"],
  });
  expect(guardrailSchema.parse({ kind: "prompt_injection" })).toMatchObject({ on_error: "block" });
});

it.each([
  [{ kind: "pii", types: [] }, ["types"]],
  [{ kind: "pii", types: ["horoscope"] }, ["types.0"]],
  [{ kind: "pii", patterns: [{ name: "x", pattern: "(" }] }, ["patterns.0.pattern"]],
  // A pattern of nothing masks nothing.
  [{ kind: "pii", patterns: [{ name: "x", pattern: "a*" }] }, ["patterns.0.pattern"]],
  [{ kind: "pii", applies_to: [] }, ["applies_to"]],
  [{ kind: "custom", name: "two words" }, ["name"]],
  [{ kind: "moderation" }, ["model"]],
  [{ kind: "astrology" }, ["kind"]],
])("%j is refused at %j", (value, paths) => {
  expect(issuesOf(value)).toEqual(paths);
});
