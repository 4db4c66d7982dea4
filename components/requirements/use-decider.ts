"use client";

import { useState } from "react";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { ApiError } from "#lib/client/api-error.ts";
import type { Decision } from "#lib/core/decision.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { argumentChanges } from "./argument-changes.ts";
import { useDraft } from "./use-draft.ts";

/** Somebody at work on one requirement. */
export interface Decider {
  mode: "look" | "edit" | "reject";
  setMode: (mode: Decider["mode"]) => void;
  /** The arguments as they stand, edits included. */
  args: JsonObject;
  edits: number;
  edit: (args: JsonObject) => void;
  undo: () => void;
  pending: boolean;
  /** Why the last decision was not taken. */
  failure: string | null;
  decide: (decision: Decision) => void;
  approve: () => void;
  /** Nothing of it can be decided by this person in this way. */
  mayApprove: boolean;
  mayReject: boolean;
  mayEdit: boolean;
}

/** Holds what a person does about one requirement until `send` has taken it; give its component the key of its id. */
export function useDecider(
  state: RequirementState,
  send: (state: RequirementState, decision: Decision) => Promise<void>,
  /** Called when somebody else was faster: what is known is out of date. */
  onStale: () => void,
): Decider {
  const [mode, setMode] = useState<Decider["mode"]>("look");
  const [draft, setDraft] = useDraft(state.id);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const original = state.asked.tool_args;
  const args = draft ?? original;
  const edits = draft === null ? 0 : argumentChanges(original, draft).filter(({ changed }) => changed).length;
  const open = state.status === "open" && !pending;
  const mayApprove = open && state.approve_refusal === null;
  const mayReject = open && state.reject_refusal === null;
  const mayEdit =
    mayApprove && state.kind === "confirmation" && (state.policy?.approvals_required ?? 1) === 1;

  async function decide(decision: Decision) {
    setFailure(null);
    setPending(true);
    try {
      await send(state, decision);
      setDraft(null);
      setMode("look");
    } catch (error) {
      setFailure(failureSentence(error));
      if (error instanceof ApiError && (error.status === 409 || error.status === 403)) onStale();
    }
    setPending(false);
  }

  return {
    mode,
    setMode,
    args,
    edits,
    edit(next) {
      const changed = argumentChanges(original, next).some((one) => one.changed);
      setDraft(changed ? next : null);
      setMode("look");
    },
    undo: () => setDraft(null),
    pending,
    failure,
    decide: (decision) => void decide(decision),
    approve: () => void decide({ kind: "approve", args: edits === 0 ? null : args }),
    mayApprove,
    mayReject,
    mayEdit,
  };
}
