import { expect, test } from "vitest";
import { serverUrl } from "./server-url.ts";

test("the URL is one that a browser on this machine opens, unless the operator names a public one", () => {
  expect(serverUrl("127.0.0.1", 7777, undefined)).toBe("http://localhost:7777");
  expect(serverUrl("0.0.0.0", 80, undefined)).toBe("http://localhost:80");
  expect(serverUrl("192.0.2.7", 7777, undefined)).toBe("http://192.0.2.7:7777");
  expect(serverUrl("2001:db8::1", 7777, undefined)).toBe("http://[2001:db8::1]:7777");
  expect(serverUrl("127.0.0.1", 7777, "https://agents.example/")).toBe("https://agents.example");
});
