"use client";

import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import type { ApiConnection } from "#lib/client/api-request.ts";
import { forkConversation } from "#lib/client/fork-conversation.ts";
import { readVersion } from "#lib/client/read-version.ts";
import type { Conversation } from "#lib/client/use-conversation.ts";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { COMPOSER_ID } from "./composer.tsx";
import type { TurnActions } from "./turn-actions.ts";

interface TurnActionsOptions {
  connection: ApiConnection;
  conversation: Conversation;
  agentId: string;
  sessionId: string;
  /** The chat page with this agent, with a query. */
  agentHref: string;
  /** Questions are text; false where they are filled into a form. */
  writesText: boolean;
}

/** Regenerate, edit and fork, as the turns on screen call them. */
export function useTurnActions(options: TurnActionsOptions): TurnActions {
  const { connection, conversation, agentId, sessionId, agentHref, writesText } = options;
  const { turns, busy, answerAnew, askAgain } = conversation;
  const router = useRouter();
  // Turns change with every word; the actions only with whether they are possible.
  const newest = useRef(turns);
  useEffect(() => {
    newest.current = turns;
  }, [turns]);
  return useMemo(() => {
    const open = (forkId: string) => router.push(`${agentHref}&session=${encodeURIComponent(forkId)}`);
    const fork = async (turn: ConversationTurn) => {
      const source = { agentId, sessionId, upToRunId: turn.standingRunId, question: null };
      open(await forkConversation(connection, source));
    };
    const edit = async (turn: ConversationTurn, text: string) => {
      const at = newest.current.findIndex(({ key }) => key === turn.key);
      if (at < newest.current.length - 1) {
        const upToRunId = newest.current[at - 1]?.standingRunId ?? null;
        const question = { text, files: turn.files };
        open(await forkConversation(connection, { agentId, sessionId, upToRunId, question }));
        return;
      }
      // An answer that was stopped, or never came, stays as it is; there is nothing to take the place of.
      if (isStopped(turn)) askAgain({ ...turn, question: text });
      else await answerAnew(turn, { kind: "instead", question: text });
      document.getElementById(COMPOSER_ID)?.focus();
    };
    const regenerate = async (turn: ConversationTurn, instructions: string) => {
      await answerAnew(turn, { kind: "regenerate", instructions });
      document.getElementById(COMPOSER_ID)?.focus();
    };
    return {
      regenerate: busy ? null : regenerate,
      edit: busy || !writesText ? null : edit,
      fork: busy ? null : fork,
      readVersion: (runId, signal) => readVersion(connection, { agentId, runId, sessionId }, signal),
    };
  }, [connection, agentId, sessionId, agentHref, busy, writesText, answerAnew, askAgain, router]);
}

function isStopped(turn: ConversationTurn): boolean {
  return turn.view.status === "cancelled" && turn.versions.length === 0;
}
