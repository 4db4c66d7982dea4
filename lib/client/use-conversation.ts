"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ConversationFile, ConversationTurn } from "#lib/core/conversation.ts";
import { EMPTY_RUN_VIEW, type RunView } from "#lib/core/run-view.ts";
import { type ApiConnection, apiRequest } from "./api-request.ts";
import { attachmentFile } from "./attachment-file.ts";
import { type AnotherRun, beginAnotherRun } from "./begin-another-run.ts";
import { followRun, type RunToFollow } from "./follow-run.ts";
import { newId } from "./new-id.ts";

interface ConversationOptions {
  connection: ApiConnection;
  agentId: string;
  sessionId: string;
  /** What the server knew when the page was made; a run that was still going or waited is attached to. */
  initialTurns: readonly ConversationTurn[];
}

/** Takes a refused question back by returning true. */
type OnRefused = (error: unknown) => boolean;

/** A conversation on screen. */
export interface Conversation {
  turns: readonly ConversationTurn[];
  /** An answer is being written, or waits for people. */
  busy: boolean;
  /** The answer that is being written waits for people. */
  waiting: boolean;
  /** The line to the server is lost and being taken up again; the run goes on meanwhile. */
  reconnecting: boolean;
  /**
   * Asks a question; does nothing while an answer is being written. `onRefused` is told why the server took none of it;
   * when it returns true, the question is taken back.
   */
  send: (question: string, files: readonly File[], onRefused?: OnRefused) => void;
  /**
   * Asks the question of a failed turn once more, with its files, as a new run. What was refused is tried again in its
   * place, as the same request: a run that the server had started after all is found, not doubled.
   */
  askAgain: (turn: ConversationTurn) => void;
  /**
   * Has another run take the place of the one that stands in this turn; resolves once it has begun. Throws ApiError
   * when the API refuses; the turn is then as it was.
   */
  answerAnew: (turn: ConversationTurn, wish: AnotherRun) => Promise<void>;
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
  // Two presses in one moment both come before the state says busy.
  const taken = useRef(attachAtFirst !== null);
  const wishes = useRef(new Map<string, AnotherRun>());
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

  /** Follows a run to its end on the turn of that key. */
  const follow = useCallback(
    async (key: string, toFollow: Promise<RunToFollow>, onRefused?: OnRefused) => {
      const controller = new AbortController();
      abort.current = controller;
      activeRun.current = { runId: null, stopRequested: false };
      const update = (change: Partial<ConversationTurn>) =>
        setTurns((current) => withChange(current, key, change));
      // What was masked in the question is not shown either: the page has what the server keeps.
      const changeOf = (view: RunView) =>
        view.keptQuestion === null ? { view } : { view, question: view.keptQuestion };
      const show = perFrame((view: RunView) => update(changeOf(view)));
      try {
        const run = await toFollow;
        if (run.kind === "attach") activeRun.current.runId = run.runId;
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
        setTurns((current) => current.map((turn) => (turn.key === key ? ended(turn, last) : turn)));
      } catch (error) {
        if (controller.signal.aborted) return;
        if (activeRun.current.runId === null && onRefused?.(error) === true) {
          setTurns((current) => current.filter((turn) => turn.key !== key));
          return;
        }
        update({ refusal: error instanceof Error ? error.message : "The server did not answer." });
      } finally {
        if (!controller.signal.aborted) {
          taken.current = false;
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
    void follow(key, Promise.resolve({ kind: "attach", agentId, runId, sessionId, view }));
    return () => abort.current?.abort(new Error("The page is gone."));
  }, [attachAtFirst, agentId, sessionId, follow]);

  useEffect(() => () => abort.current?.abort(new Error("The page is gone.")), []);

  /** Asks under a key, which is the request's Idempotency-Key, too. */
  const start = useCallback(
    (key: string, question: string, filesReady: Promise<readonly File[]>, onRefused?: OnRefused) => {
      setActiveKey(key);
      const prepare = async () => {
        const form = new FormData();
        form.set("message", question);
        form.set("session_id", sessionId);
        form.set("stream", "true");
        for (const file of await filesReady) form.append("files", file, file.name);
        return { kind: "start", agentId, form, idempotencyKey: key } as const;
      };
      void follow(key, prepare(), onRefused);
    },
    [agentId, sessionId, follow],
  );

  const send = useCallback(
    (question: string, files: readonly File[], onRefused?: OnRefused) => {
      if (taken.current) return;
      taken.current = true;
      const turn = newTurn(question, files.map(chosenFile));
      setTurns((current) => [...current, turn]);
      start(turn.key, question, Promise.resolve(files), onRefused);
    },
    [start],
  );

  const answerAnew = useCallback(
    async (turn: ConversationTurn, wish: AnotherRun) => {
      const source = turn.standingRunId;
      if (source === null || taken.current) return;
      taken.current = true;
      wishes.current.set(turn.key, wish);
      let runId: string;
      try {
        runId = await beginAnotherRun(connection, { agentId, runId: source, sessionId }, wish);
      } catch (error) {
        taken.current = false;
        throw error;
      }
      setActiveKey(turn.key);
      setTurns((current) =>
        withChange(current, turn.key, {
          ...(wish.kind === "instead" ? { question: wish.question, askedAtMs: Date.now() } : {}),
          view: EMPTY_RUN_VIEW,
          versions: [...(turn.versions.length === 0 ? [source] : turn.versions), runId],
        }),
      );
      void follow(turn.key, Promise.resolve({ kind: "attach", agentId, runId, sessionId }));
    },
    [connection, agentId, sessionId, follow],
  );

  const askAgain = useCallback(
    (turn: ConversationTurn) => {
      const wish = wishes.current.get(turn.key);
      if (wish !== undefined && turn.refusal === null && turn.view.runId !== turn.standingRunId) {
        // An attempt to answer anew that came to nothing is made once more, in the place of the same answer.
        answerAnew(turn, wish).catch((error: unknown) => {
          const refusal = error instanceof Error ? error.message : "The server did not answer.";
          setTurns((current) => withChange(current, turn.key, { refusal }));
        });
        return;
      }
      if (taken.current) return;
      taken.current = true;
      const { runId } = turn.view;
      if (turn.refusal !== null && runId !== null) {
        // The run is there; only its answer was cut off from us.
        setTurns((current) => withChange(current, turn.key, { refusal: null }));
        setActiveKey(turn.key);
        const run = { kind: "attach", agentId, runId, sessionId, view: turn.view } as const;
        void follow(turn.key, Promise.resolve(run));
        return;
      }
      const files = Promise.all(turn.files.map((file) => attachmentFile(connection, file)));
      if (turn.refusal !== null) {
        const afresh = { refusal: null, askedAtMs: Date.now(), view: EMPTY_RUN_VIEW };
        setTurns((current) => withChange(current, turn.key, afresh));
        start(turn.key, turn.question, files);
        return;
      }
      const next = newTurn(turn.question, turn.files);
      setTurns((current) => [...current, next]);
      start(next.key, next.question, files);
    },
    [connection, agentId, sessionId, follow, start, answerAnew],
  );

  const stop = useCallback(() => {
    const active = activeRun.current;
    active.stopRequested = true;
    if (active.runId !== null) void cancel(active.runId);
  }, [cancel]);

  const waiting = turns.some((turn) => turn.key === activeKey && turn.view.status === "paused");
  return { turns, busy: activeKey !== null, waiting, reconnecting, send, askAgain, answerAnew, stop };
}

function withChange(
  turns: readonly ConversationTurn[],
  key: string,
  change: Partial<ConversationTurn>,
): readonly ConversationTurn[] {
  return turns.map((turn) => (turn.key === key ? { ...turn, ...change } : turn));
}

/** A turn whose run has ended. What did not come to its end does not replace what it was to. */
function ended(turn: ConversationTurn, view: RunView): ConversationTurn {
  const stands = view.status === "completed" || turn.versions.length === 0;
  const question = view.keptQuestion ?? turn.question;
  return { ...turn, question, view, standingRunId: stands ? view.runId : turn.standingRunId };
}

function newTurn(question: string, files: readonly ConversationFile[]): ConversationTurn {
  return {
    key: newId(),
    question,
    files,
    askedAtMs: Date.now(),
    view: EMPTY_RUN_VIEW,
    versions: [],
    standingRunId: null,
    refusal: null,
  };
}

function chosenFile(file: File): ConversationFile {
  return {
    filename: file.name,
    mediaType: file.type,
    sizeBytes: file.size,
    stored: null,
    blob: file,
  };
}

/** The last turn, when its run was still going, or waited for people, as the page was made. */
function runningTurn(
  turns: readonly ConversationTurn[],
): { key: string; runId: string; view: RunView } | null {
  const last = turns.at(-1);
  if (last === undefined || last.view.runId === null) return null;
  if (last.view.status !== "running" && last.view.status !== "paused") return null;
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
