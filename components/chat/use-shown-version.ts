"use client";

import { useEffect, useState } from "react";
import type { TurnVersion } from "#lib/client/read-version.ts";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import type { TurnActions } from "./turn-actions.ts";

/** Which of a turn's versions is on screen. */
export interface ShownVersion {
  /** Its place among the versions; -1 when there is one alone. */
  at: number;
  /** The version, when it is another than the turn's own; null also while it is being read. */
  other: TurnVersion | null;
  loading: boolean;
  failed: boolean;
  show: (at: number) => void;
}

/** Reads another version of a turn when it is asked for. A new answer shows itself. */
export function useShownVersion(
  turn: ConversationTurn,
  readVersion: TurnActions["readVersion"],
): ShownVersion {
  const own = turn.view.runId ?? turn.versions.at(-1) ?? null;
  const [wish, setWish] = useState<{ runId: string; beside: string | null } | null>(null);
  const [read, setRead] = useState<ReadonlyMap<string, TurnVersion | "failed">>(new Map());
  // The wish is over once something new stands in the turn.
  const wanted = wish !== null && wish.beside === own && wish.runId !== own ? wish.runId : null;
  const isRead = wanted !== null && read.has(wanted);
  useEffect(() => {
    if (wanted === null || isRead) return;
    const controller = new AbortController();
    const keep = (version: TurnVersion | "failed") => {
      if (!controller.signal.aborted) setRead((before) => new Map(before).set(wanted, version));
    };
    readVersion(wanted, controller.signal).then(keep, () => keep("failed"));
    return () => controller.abort(new Error("Another version is shown."));
  }, [wanted, isRead, readVersion]);
  const version = wanted === null ? undefined : read.get(wanted);
  return {
    at: turn.versions.indexOf(wanted ?? own ?? ""),
    other: typeof version === "object" ? version : null,
    loading: wanted !== null && version === undefined,
    failed: version === "failed",
    show(at) {
      const runId = turn.versions[at];
      if (runId === undefined) return;
      // What could not be read is read again.
      setRead((before) => new Map([...before].filter(([, one]) => one !== "failed")));
      setWish({ runId, beside: own });
    },
  };
}
