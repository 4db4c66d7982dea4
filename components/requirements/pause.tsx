"use client";

import { useEffect, useRef } from "react";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { Button } from "#components/ui/button.tsx";
import { continueRun } from "#lib/client/continue-run.ts";
import type { Decision } from "#lib/core/decision.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { RequirementCard } from "./requirement-card.tsx";
import { requirementTitle } from "./requirement-words.ts";
import { useApproveAll } from "./use-approve-all.ts";

interface PauseProps {
  /** What is open, in call order. */
  open: readonly RequirementState[];
  reload: () => void;
}

/** The cards of all that a run waits for. Each answer is kept at once; the run goes on after the last. */
export function Pause({ open, reload }: PauseProps) {
  const api = useApi();
  const { organization } = useShell();
  const list = useRef<HTMLDivElement>(null);
  const send = async (state: RequirementState, decision: Decision) => {
    await continueRun(api, runOf(state), [{ id: state.id, asked: state.asked, decision }]);
    reload();
  };
  const all = useApproveAll(open, reload);

  // Who was waiting for the answer is asked at once; who is writing something is not disturbed.
  const first = open[0]?.id;
  useEffect(() => {
    const active = document.activeElement;
    const writing = active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement;
    if (first === undefined || (writing && active.value !== "") || active?.closest("[data-requirement]"))
      return;
    list.current?.querySelector<HTMLElement>("[data-requirement]")?.focus({ preventScroll: true });
  }, [first]);

  return (
    <div ref={list} className="flex flex-col gap-2.5 pt-1">
      <p role="status" className="sr-only">
        {open[0] === undefined ? "" : `Needs you: ${requirementTitle(open[0])}`}
      </p>
      {all.count < 2 ? null : (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-fg-2">
            {open.length} calls wait. {all.failure ?? "The run goes on once all are decided."}
          </p>
          <Button size="sm" pending={all.pending} onClick={all.approve}>
            Approve all {all.count}
          </Button>
        </div>
      )}
      {open.map((state) => (
        <RequirementCard
          key={state.id}
          state={state}
          approvalHref={
            state.approval_type === "required"
              ? pageHref(organization.slug, `/approvals?id=${encodeURIComponent(state.id)}`)
              : null
          }
          onDecide={send}
          onStale={reload}
        />
      ))}
    </div>
  );
}

function runOf(state: RequirementState): { agentId: string; runId: string; sessionId: string } {
  return { agentId: state.agent_id, runId: state.run_id, sessionId: state.session_id };
}
