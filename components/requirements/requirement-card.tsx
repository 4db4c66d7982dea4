"use client";

import { CirclePause, CircleQuestionMark, Hand } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, useRef } from "react";
import { useSingleKeys } from "#components/shell/use-single-keys.ts";
import { cn } from "#components/ui/class-names.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import type { Decision } from "#lib/core/decision.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { RequirementActions } from "./requirement-actions.tsx";
import { RequirementBody } from "./requirement-body.tsx";
import { RequirementReason } from "./requirement-reason.tsx";
import { requirementTitle } from "./requirement-words.ts";
import { TimeLeft } from "./time-left.tsx";
import { useDecider } from "./use-decider.ts";

interface RequirementCardProps {
  state: RequirementState;
  /** Where the approval is on a page of its own; null for what is no approval. */
  approvalHref: string | null;
  onDecide: (state: RequirementState, decision: Decision) => Promise<void>;
  onStale: () => void;
}

/** Something that a run waits for, with all it takes to decide: keys work while the card has the focus. */
export function RequirementCard({ state, approvalHref, onDecide, onStale }: RequirementCardProps) {
  const card = useRef<HTMLElement>(null);
  const [singleKeys] = useSingleKeys();
  const decider = useDecider(state, onDecide, onStale);
  const { edits, failure } = decider;
  const isMine = state.approve_refusal === null;
  const isUnknown = state.kind === "effect_unknown";
  const Icon = isUnknown ? CircleQuestionMark : isMine ? Hand : CirclePause;

  function onKeyDown(event: KeyboardEvent) {
    const { target } = event;
    if (!singleKeys || event.metaKey || event.ctrlKey || event.altKey || decider.mode !== "look") return;
    if (state.kind !== "confirmation" || !(target instanceof HTMLElement)) return;
    if (target.matches("input, textarea, [role=combobox]")) return;
    const act = {
      a: decider.mayApprove ? decider.approve : null,
      e: decider.mayEdit ? () => decider.setMode("edit") : null,
      r: decider.mayReject ? () => decider.setMode("reject") : null,
      u: edits > 0 ? decider.undo : null,
    }[event.key];
    if (act === undefined || act === null) return;
    event.preventDefault();
    event.stopPropagation();
    // Nobody approves by a key what they do not see: then the key only shows it.
    if (event.key === "a" && card.current !== null && !isInView(card.current)) {
      card.current.scrollIntoView({ block: "end" });
      return;
    }
    act();
    // What the key was pressed on may be gone.
    if (event.key === "u") card.current?.focus();
  }

  return (
    <section
      ref={card}
      aria-label={requirementTitle(state)}
      data-requirement={state.id}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its keys work while it has the focus.
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={cn(
        "overflow-hidden rounded-xl border bg-bg",
        isUnknown ? "border-unknown-line" : "border-needs-line",
      )}
    >
      <header
        className={cn(
          "flex items-start gap-2.5 border-b px-3.5 py-2.5",
          isUnknown ? "border-unknown-line bg-unknown-soft" : "border-needs-line bg-needs-soft",
        )}
      >
        <Icon
          aria-hidden
          className={cn("mt-0.5 size-4 shrink-0", isUnknown ? "text-unknown" : "text-needs")}
        />
        <div className="min-w-0 flex-1">
          <h4 className="font-semibold break-words">{requirementTitle(state)}</h4>
          <p className="text-fg-2">
            <Line state={state} edits={edits} />
          </p>
        </div>
        <TimeLeft expiresAt={state.expires_at} />
      </header>
      <RequirementBody state={state} decider={decider} />
      {decider.mode === "look" ? (
        <footer className="flex flex-col gap-2.5 border-t border-line px-3.5 py-2.5 empty:hidden">
          <RequirementReason state={state} />
          {isMine ? null : (
            <p className="text-fg-2">
              {state.approve_refusal}{" "}
              {approvalHref === null ? null : (
                <Link href={approvalHref} className="text-accent-text underline underline-offset-2">
                  Open the approval
                </Link>
              )}
            </p>
          )}
          {failure === null ? null : <ErrorState title="Not decided">{failure}</ErrorState>}
          <RequirementActions state={state} decider={decider} />
        </footer>
      ) : null}
    </section>
  );
}

/** Whole in view, or of one that is taller than the view, its foot. */
function isInView(card: HTMLElement): boolean {
  const view = card.closest(".overflow-y-auto")?.getBoundingClientRect();
  if (view === undefined) return true;
  const { top, bottom, height } = card.getBoundingClientRect();
  return bottom <= view.bottom + 1 && (top >= view.top - 1 || height > view.height);
}

function Line({ state, edits }: { state: RequirementState; edits: number }) {
  const { asked, kind } = state;
  const tool = <code className="font-mono text-sm">{asked.tool_name}</code>;
  const total = Object.keys(asked.tool_args).length;
  switch (kind) {
    case "confirmation":
      return (
        <>
          One call to {tool}.
          {edits === 0
            ? null
            : ` You changed ${edits} of ${total} ${total === 1 ? "argument" : "arguments"}.`}
        </>
      );
    case "user_input":
    case "external_execution":
      return <>{tool}</>;
    case "budget":
      return <>{state.agent_name} waits for an admin before it goes on.</>;
    case "effect_unknown":
      return <>The server lost {tool} while it ran. It does not run again until you say so.</>;
    case "user_feedback":
      return <>{state.agent_name} goes on once you have answered.</>;
  }
}
