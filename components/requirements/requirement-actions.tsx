import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import type { Decider } from "./use-decider.ts";

interface RequirementActionsProps {
  state: RequirementState;
  decider: Decider;
  className?: string;
}

/** Approve, edit, reject, undo, each with its key; nothing where the body has buttons of its own. */
export function RequirementActions({ state, decider, className }: RequirementActionsProps) {
  const { edits, pending, mode } = decider;
  if (state.kind !== "confirmation" || mode !== "look" || state.status !== "open") return null;
  return (
    <div className={cn("grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap", className)}>
      <Button
        variant="primary"
        pending={pending}
        disabled={!decider.mayApprove}
        title={state.approve_refusal ?? undefined}
        onClick={decider.approve}
        className="max-sm:col-span-2"
      >
        {edits === 0 ? "Approve" : `Approve with ${edits} ${edits === 1 ? "edit" : "edits"}`}
        <Kbd>A</Kbd>
      </Button>
      <Button disabled={!decider.mayEdit} onClick={() => decider.setMode("edit")}>
        Edit
        <Kbd>E</Kbd>
      </Button>
      <Button
        disabled={!decider.mayReject}
        title={state.reject_refusal ?? undefined}
        onClick={() => decider.setMode("reject")}
      >
        Reject
        <Kbd>R</Kbd>
      </Button>
      {edits === 0 ? null : (
        <Button variant="ghost" onClick={decider.undo} className="max-sm:col-span-2 sm:ml-auto">
          Undo edits
          <Kbd>U</Kbd>
        </Button>
      )}
    </div>
  );
}
