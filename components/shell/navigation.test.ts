import { expect, test } from "vitest";
import { isCurrent, NAVIGATION, pageHref } from "./navigation.ts";

const page = (label: string) => {
  const found = NAVIGATION.find((item) => item.label === label);
  if (found === undefined) throw new Error(`no page ${label}`);
  return found;
};

test("a page below Agents marks Agents and not Home", () => {
  expect(isCurrent("/o/acme/agents/desk", "acme", page("Agents"))).toBe(true);
  expect(isCurrent("/o/acme/agents/desk", "acme", page("Home"))).toBe(false);
});

test("a name that only begins like a page does not mark it", () => {
  expect(isCurrent("/o/acme/agents-old", "acme", page("Agents"))).toBe(false);
});

test("no two pages share their keys", () => {
  expect(new Set(NAVIGATION.map((item) => item.keys)).size).toBe(NAVIGATION.length);
});

test("a slug is escaped in addresses", () => {
  expect(pageHref("a/b", "/chat")).toBe("/o/a%2Fb/chat");
});
