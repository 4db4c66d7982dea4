import { describe, expect, test } from "vitest";
import { isSameOrigin } from "./is-same-origin.ts";

describe("a request with the console's cookie", () => {
  test.each<[string, string, Record<string, string>, boolean]>([
    ["from one of our pages", "POST", { "sec-fetch-site": "same-origin" }, true],
    ["from a typed address", "GET", { "sec-fetch-site": "none" }, true],
    ["that changes something from nowhere", "POST", { "sec-fetch-site": "none" }, false],
    ["from another site", "GET", { "sec-fetch-site": "cross-site" }, false],
    ["from a neighbour's subdomain", "POST", { "sec-fetch-site": "same-site" }, false],
    [
      "from another site that names our origin",
      "POST",
      { "sec-fetch-site": "cross-site", origin: "http://gate.test:7777" },
      false,
    ],
    ["by plain http from our page", "POST", { origin: "http://gate.test:7777" }, true],
    ["by plain http from another port", "POST", { origin: "http://gate.test:3000" }, false],
    ["by plain http from another site", "DELETE", { origin: "http://evil.test" }, false],
    ["by plain http, reading, from another site", "GET", { origin: "http://evil.test" }, false],
    ["by plain http, reading", "GET", {}, true],
    ["that changes something and does not say whence", "POST", {}, false],
    ["from a sandboxed frame", "POST", { origin: "null" }, false],
    [
      "by a proxy that kept the name",
      "POST",
      { origin: "https://p.test", "x-forwarded-host": "p.test" },
      true,
    ],
    ["under the operator's address", "POST", { origin: "https://public.test" }, true],
  ])("%s (%s %j) is ours: %s", (_, method, headers, ours) => {
    const request = new Request("http://gate.test:7777/api/agents", {
      method,
      headers: { host: "gate.test:7777", ...headers },
    });
    expect(isSameOrigin(request, "https://public.test/")).toBe(ours);
  });
});
