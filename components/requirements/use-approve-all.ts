"use client";

import { useState } from "react";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { useApi } from "#components/shell/use-api.ts";
import { continueRun } from "#lib/client/continue-run.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";

interface ApproveAll {
  /** How many of them wait for no more than a yes of this person. */
  count: number;
  pending: boolean;
  failure: string | null;
  approve: () => void;
}

/** One yes to all calls of a pause that only have to be confirmed, as they were asked. */
export function useApproveAll(open: readonly RequirementState[], onDone: () => void): ApproveAll {
  const api = useApi();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const mine = open.filter((one) => one.kind === "confirmation" && one.approve_refusal === null);

  async function approve() {
    const [first] = mine;
    if (first === undefined) return;
    setPending(true);
    setFailure(null);
    try {
      await continueRun(
        api,
        { agentId: first.agent_id, runId: first.run_id, sessionId: first.session_id },
        mine.map(({ id, asked }) => ({ id, asked, decision: { kind: "approve", args: null } })),
      );
    } catch (error) {
      setFailure(failureSentence(error));
    }
    setPending(false);
    onDone();
  }

  return { count: mine.length, pending, failure, approve: () => void approve() };
}
