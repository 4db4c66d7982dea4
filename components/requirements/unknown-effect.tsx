"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { ArgumentList } from "./argument-list.tsx";
import { ResultForm } from "./result-form.tsx";
import type { Decider } from "./use-decider.ts";

interface UnknownEffectProps {
  state: RequirementState;
  decider: Decider;
}

/** A call of which nobody knows whether it took effect: a person looks and says. No answer is the usual one. */
export function UnknownEffect({ state, decider }: UnknownEffectProps) {
  const [happened, setHappened] = useState(false);
  const { asked } = state;
  const { pending, decide } = decider;
  const mayAnswer = decider.mayApprove || pending;
  return (
    <>
      <ArgumentList before={asked.tool_args} after={asked.tool_args} whose="yours" />
      {happened && mayAnswer ? (
        <ResultForm
          pending={pending}
          onResult={(result) => decide({ kind: "result", result })}
          actions={
            <Button variant="ghost" onClick={() => setHappened(false)}>
              Cancel
            </Button>
          }
        />
      ) : (
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-3.5 py-3 max-sm:flex-col max-sm:items-stretch">
          <Button disabled={!decider.mayApprove} onClick={() => setHappened(true)}>
            It happened
          </Button>
          <Button disabled={!decider.mayApprove} pending={pending} onClick={() => decide({ kind: "again" })}>
            It did not, run it
          </Button>
          <Button variant="ghost" disabled={!decider.mayReject} onClick={() => decider.setMode("reject")}>
            Give up
          </Button>
        </div>
      )}
    </>
  );
}
