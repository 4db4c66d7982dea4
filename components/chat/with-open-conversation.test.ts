import { expect, it } from "vitest";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { EMPTY_RUN_VIEW, type RunView } from "#lib/core/run-view.ts";
import { withOpenConversation } from "./with-open-conversation.ts";

const LISTED = {
  sessionId: "s1",
  agentId: "plain",
  title: "Tides",
  updatedAtMs: 1,
  running: false,
  waiting: false,
  failed: false,
};
const OTHER = { ...LISTED, sessionId: "s2" };
const CALM = { sessionId: "s1", agentId: "plain", busy: false, waiting: false };

function turn(status: RunView["status"], standingRunId: string | null, runId = "run"): ConversationTurn {
  return {
    key: runId,
    question: "What are tides?",
    files: [],
    askedAtMs: 7,
    view: { ...EMPTY_RUN_VIEW, runId, status },
    versions: [],
    standingRunId,
    refusal: null,
  };
}

it("a conversation is in the list from its first message on, and once", () => {
  expect(withOpenConversation([OTHER], { ...CALM, turns: [] })).toEqual([OTHER]);
  const turns = [turn("running", null)];
  expect(withOpenConversation([OTHER], { ...CALM, turns, busy: true })).toEqual([
    { ...LISTED, title: "What are tides?", updatedAtMs: 7, running: true },
    OTHER,
  ]);
  expect(withOpenConversation([OTHER, LISTED], { ...CALM, turns, busy: true, waiting: true })).toEqual([
    OTHER,
    { ...LISTED, waiting: true },
  ]);
});

it("it has failed when its last run has, and not while it is answered once more", () => {
  const isFailed = (turns: ConversationTurn[], busy = false) =>
    withOpenConversation([LISTED], { ...CALM, turns, busy })[0]?.failed;
  expect(isFailed([turn("completed", "a", "a"), turn("failed", "b", "b")])).toBe(true);
  expect(isFailed([turn("failed", null)])).toBe(true);
  expect(isFailed([turn("failed", "run")], true)).toBe(false);
  expect(isFailed([turn("failed", "a", "a"), turn("completed", "b", "b")])).toBe(false);
});

it("an attempt to answer anew that has failed leaves it as the answer that stands", () => {
  const turns = [turn("failed", "answered", "attempt")];
  expect(withOpenConversation([LISTED], { ...CALM, turns })).toEqual([LISTED]);
});
