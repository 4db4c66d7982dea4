import { describe, expect, test } from "vitest";
import {
  COMPATIBLE_PRESETS,
  createModelProviderSchema,
  updateModelProviderSchema,
} from "./model-provider.ts";

describe("a new connection is refused at its field", () => {
  test.each([
    ["no key for a vendor", { kind: "openai", name: "x" }, "api_key"],
    ["a key with a line break", { kind: "openai", name: "x", api_key: "sk-a\nb" }, "api_key"],
    ["no address for a compatible server", { kind: "openai-compatible", name: "x" }, "base_url"],
    ["an address that is none", { kind: "openai-compatible", name: "x", base_url: "localhost" }, "base_url"],
    [
      "another protocol",
      { kind: "openai-compatible", name: "x", base_url: "file:///etc/passwd" },
      "base_url",
    ],
    [
      "a password in the address",
      { kind: "openai-compatible", name: "x", base_url: "http://a:b@c/v1" },
      "base_url",
    ],
    ["a blank name", { kind: "openai-compatible", name: "  ", base_url: "http://c/v1" }, "name"],
    ["an unknown kind", { kind: "other", name: "x" }, "kind"],
  ])("%s", (_name, input, field) => {
    const { error } = createModelProviderSchema.safeParse(input);
    expect(error?.issues.map((issue) => issue.path[0])).toContain(field);
  });
});

test("every preset is a complete connection without a key", () => {
  for (const { label, baseUrl } of COMPATIBLE_PRESETS) {
    const input = { kind: "openai-compatible", name: label, base_url: `${baseUrl}/` };
    expect(createModelProviderSchema.parse(input).base_url).toBe(baseUrl);
  }
});

test("a change tells an absent key from a removed one", () => {
  expect(updateModelProviderSchema.parse({ name: "x" })).not.toHaveProperty("api_key");
  expect(updateModelProviderSchema.parse({ api_key: null }).api_key).toBeNull();
});
