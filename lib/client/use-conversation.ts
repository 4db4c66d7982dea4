"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { EMPTY_RUN_VIEW, type RunView } from "#lib/core/run-view.ts";
import { type ApiConnection, apiRequest } from "./api-request.ts";
import { followRun, type RunToFollow } from "./follow-run.ts";
import { newId } from "./new-id.ts";

interface ConversationOptions {
  connection: ApiConnection;
  agentId: string;
  sessionId: string;
  /** What the server knew when the page was made; a run that was still going is attached to at once. */
  initialTurns: readonly ConversationTurn[];
}

/** A conversation on screen. */
export interface Conversation {
  turns: readonly ConversationTurn[];
  /** An answer is being written. */
  busy: boolean;
  /** The line to the server is lost and being taken up again; the run goes on meanwhile. */
  reconnecting: boolean;
  send: (question: string, files: readonly File[]) => void;
  /** Cancels the run that is being written; what it wrote is kept. */
  stop: () => void;
}

/** Keeps a conversation's turns, asks questions and follows their answers across reloads and lost connections. */
export function useConversation(options: ConversationOptions): Conversation {
  const { connection, agentId, sessionId } = options;
  const [turns, setTurns] = useState(options.initialTurns);
  const [reconnecting, setReconnecting] = useState(false);
  const [attachAtFirst] = useState(() => runningTurn(options.initialTurns));
  const [activeKey, setActiveKey] = useState<string | null>(attachAtFirst?.key ?? null);
  const abort = useRef<AbortController | null>(null);
  const activeRun = useRef<{ runId: string | null; stopRequested: boolean }>({
    runId: null,
    stopRequested: false,
  });

  const cancel = useCallback(
    (runId: string) =>
      apiRequest(connection, {
        method: "POST",
        path: `/agents/${encodeURIComponent(agentId)}/runs/${encodeURIComponent(runId)}/cancel?session_id=${encodeURIComponent(sessionId)}`,
      }).catch(() => undefined),
    [connection, agentId, sessionId],
  );

  const follow = useCallback(
    async (key: string, run: RunToFollow) => {
      const controller = new AbortController();
      abort.current = controller;
      activeRun.current = { runId: run.kind === "attach" ? run.runId : null, stopRequested: false };
      const update = (change: Partial<ConversationTurn>) =>
        setTurns((current) => current.map((turn) => (turn.key === key ? { ...turn, ...change } : turn)));
      const show = perFrame((view: RunView) => update({ view }));
      try {
        const last = await followRun(connection, run, {
          signal: controller.signal,
          onReconnecting: setReconnecting,
          onView(view) {
            const active = activeRun.current;
            if (active.runId === null && view.runId !== null) {
              active.runId = view.runId;
              // Stop was pressed before the run had an id.
              if (active.stopRequested) void cancel(view.runId);
            }
            show(view);
          },
        });
        show.flush();
        update({ view: last });
      } catch (error) {
        if (controller.signal.aborted) return;
        update({ refusal: error instanceof Error ? error.message : "The server did not answer." });
      } finally {
        if (!controller.signal.aborted) {
          setReconnecting(false);
          setActiveKey(null);
        }
      }
    },
    [connection, cancel],
  );

  useEffect(() => {
    if (attachAtFirst === null) return;
    const { key, runId, view } = attachAtFirst;
    void follow(key, { kind: "attach", agentId, runId, sessionId, view });
    return () => abort.current?.abort(new Error("The page is gone."));
  }, [attachAtFirst, agentId, sessionId, follow]);

  useEffect(() => () => abort.current?.abort(new Error("The page is gone.")), []);

  const send = useCallback(
    (question: string, files: readonly File[]) => {
      const key = newId();
      const form = new FormData();
      form.set("message", question);
      form.set("session_id", sessionId);
      form.set("stream", "true");
      for (const file of files) form.append("files", file, file.name);
      setTurns((current) => [
        ...current,
        {
          key,
          question,
          files: files.map((file) => ({ filename: file.name, mediaType: file.type, sizeBytes: file.size })),
          askedAtMs: Date.now(),
          view: EMPTY_RUN_VIEW,
          refusal: null,
        },
      ]);
      setActiveKey(key);
      void follow(key, { kind: "start", agentId, form, idempotencyKey: key });
    },
    [agentId, sessionId, follow],
  );

  const stop = useCallback(() => {
    const active = activeRun.current;
    active.stopRequested = true;
    if (active.runId !== null) void cancel(active.runId);
  }, [cancel]);

  return { turns, busy: activeKey !== null, reconnecting, send, stop };
}

/** The last turn, when its run was still going as the page was made. */
function runningTurn(
  turns: readonly ConversationTurn[],
): { key: string; runId: string; view: RunView } | null {
  const last = turns.at(-1);
  if (last === undefined || last.view.status !== "running" || last.view.runId === null) return null;
  return { key: last.key, runId: last.view.runId, view: last.view };
}

/** Calls back at most once per animation frame, with the latest value; text may arrive faster than it can be drawn. */
function perFrame<T>(callback: (value: T) => void): ((value: T) => void) & { flush(): void } {
  let latest: { value: T } | null = null;
  let scheduled = 0;
  const run = () => {
    scheduled = 0;
    const due = latest;
    latest = null;
    if (due !== null) callback(due.value);
  };
  const schedule = (value: T) => {
    latest = { value };
    // A page in the background draws nothing; a timer keeps its state moving.
    if (scheduled === 0) {
      scheduled = 1;
      if (document.visibilityState === "visible") requestAnimationFrame(run);
      else setTimeout(run, 200);
    }
  };
  return Object.assign(schedule, { flush: run });
}
