import { expect, it } from "vitest";
import { conversationGroups } from "./conversation-groups.ts";

const at = (iso: string) => ({
  sessionId: iso,
  agentId: "assistant",
  title: iso,
  updatedAtMs: Date.parse(iso),
  running: false,
  waiting: false,
  failed: false,
});

const NOW = Date.parse("2026-05-20T01:30:00Z");
const CONVERSATIONS = [
  at("2026-05-20T01:00:00Z"),
  at("2026-05-19T23:00:00Z"),
  at("2026-05-19T10:00:00Z"),
  at("2026-05-13T10:00:00Z"),
  at("2026-05-01T10:00:00Z"),
];

const sizes = (timeZone: string) =>
  conversationGroups(CONVERSATIONS, NOW, timeZone).map((group) => [group.title, group.conversations.length]);

it("a conversation belongs to the day it had for its reader", () => {
  expect(sizes("UTC")).toEqual([
    ["Today", 1],
    ["Yesterday", 2],
    ["Last 7 days", 1],
    ["Earlier", 1],
  ]);
  // In Berlin it was already the 20th at 23:00 UTC; in New York it still is the 19th.
  expect(sizes("Europe/Berlin")[0]).toEqual(["Today", 2]);
  expect(sizes("America/New_York")[0]).toEqual(["Today", 3]);
});
