"use client";

import { useRef, useState } from "react";
import { useDecider } from "#components/requirements/use-decider.ts";
import { useApprovalCount } from "#components/shell/approval-count-context.ts";
import { useShortcut } from "#components/shell/shortcut-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import type { Decision } from "#lib/core/decision.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { ApprovalDetail } from "./approval-detail.tsx";
import { resolveApproval } from "./resolve-approval.ts";

interface ApprovalPaneProps {
  approval: RequirementState;
  /** Others that wait for the same call with the same arguments, and that this person may decide. */
  same: readonly RequirementState[];
  /** Called with all that were decided, and when what is known of it is out of date. */
  onDecided: (ids: readonly string[]) => void;
  onStale: () => void;
}

const GROUP = "On this page";

/** The approval that is open in the inbox, with its keys. */
export function ApprovalPane({ approval, same, onDecided, onStale }: ApprovalPaneProps) {
  const api = useApi();
  const { refresh } = useApprovalCount();
  const [alsoSame, setAlsoSame] = useState(false);
  const send = async (state: RequirementState, decision: Decision) => {
    await resolveApproval(api, state.id, decision);
    const alike = alsoSame && (decision.kind === "approve" || decision.kind === "reject") ? same : [];
    // One that somebody else has decided meanwhile is no failure of the others.
    await Promise.allSettled(alike.map(({ id }) => resolveApproval(api, id, decision)));
    refresh();
    onDecided([state, ...alike].map(({ id }) => id));
  };
  const decider = useDecider(approval, send, onStale);
  const { mode, mayApprove, mayEdit, mayReject, edits } = decider;
  const pane = useRef<HTMLDivElement>(null);
  // Nobody decides by a key about what a narrow screen does not show.
  const whenSeen = (run: () => void) => () => {
    if (pane.current?.offsetParent !== null) run();
  };
  const looks = approval.kind === "confirmation" && mode === "look";
  useShortcut(
    looks && mayApprove
      ? { keys: "a", label: "Approve", group: GROUP, run: whenSeen(decider.approve) }
      : null,
  );
  useShortcut(
    looks && mayEdit
      ? { keys: "e", label: "Edit the arguments", group: GROUP, run: whenSeen(() => decider.setMode("edit")) }
      : null,
  );
  useShortcut(
    mode === "look" && mayReject && approval.kind !== "effect_unknown"
      ? { keys: "r", label: "Reject", group: GROUP, run: whenSeen(() => decider.setMode("reject")) }
      : null,
  );
  useShortcut(
    looks && edits > 0 ? { keys: "u", label: "Undo edits", group: GROUP, run: whenSeen(decider.undo) } : null,
  );
  return (
    <div ref={pane} className="flex min-h-0 flex-1 flex-col">
      <ApprovalDetail
        approval={approval}
        decider={decider}
        sameCount={same.length}
        alsoSame={alsoSame}
        onAlsoSame={setAlsoSame}
      />
    </div>
  );
}
