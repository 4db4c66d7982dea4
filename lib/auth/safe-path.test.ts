import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test.each([
  ["/o/default/chat?agent=a", "/o/default/chat?agent=a"],
  ["/invitations/abc", "/invitations/abc"],
  ["https://evil.test/", "/"],
  ["//evil.test/", "/"],
  ["/\\evil.test", "/"],
  ["/\t/evil.test", "/"],
  ["/.//evil.test", "/"],
  ["/o/..//evil.test", "/"],
  ["javascript:alert(1)", "/"],
  ["", "/"],
  [null, "/"],
])("after signing in, %j leads to %j", (given, path) => {
  expect(safePath(given)).toBe(path);
});
