"use client";

import { useCallback, useEffect, useState } from "react";
import { z } from "zod";
import { type RequirementState, requirementStateSchema } from "#lib/core/requirement-state.ts";
import { type ApiConnection, apiRequest } from "./api-request.ts";

const listSchema = z.array(requirementStateSchema);

interface RunRequirements {
  /** By tool call, the newest of each; null until the server has answered. */
  byCall: ReadonlyMap<string, RequirementState> | null;
  /** All of them, oldest first. */
  all: readonly RequirementState[];
  /** The server could not be asked. */
  failed: boolean;
  reload: () => void;
}

/** What a run waits for and has waited for; read anew whenever `version` changes. With `runId` null: nothing. */
export function useRequirements(
  connection: ApiConnection,
  runId: string | null,
  version: string,
): RunRequirements {
  const [all, setAll] = useState<readonly RequirementState[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (runId === null) return;
    const aborter = new AbortController();
    apiRequest(connection, {
      path: `/runs/${encodeURIComponent(runId)}/requirements`,
      signal: aborter.signal,
    })
      .then(async (response) => {
        setAll(listSchema.parse(await response.json()));
        setFailed(false);
      })
      .catch(() => {
        if (!aborter.signal.aborted) setFailed(true);
      });
    return () => aborter.abort();
  }, [connection, runId, version, asked]);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  return {
    byCall: all === null ? null : new Map(all.map((one) => [one.asked.tool_call_id, one])),
    all: all ?? [],
    failed,
    reload,
  };
}
