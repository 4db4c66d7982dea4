"use client";

import { ChevronRight, ShieldAlert } from "lucide-react";
import Link from "next/link";
import { EffectBadge } from "#components/agents/effect-badge.tsx";
import { ArgumentList } from "#components/requirements/argument-list.tsx";
import { RequirementActions } from "#components/requirements/requirement-actions.tsx";
import { RequirementBody } from "#components/requirements/requirement-body.tsx";
import {
  deciders,
  GRANTERS,
  nameOf,
  outcomeWords,
  requirementTitle,
} from "#components/requirements/requirement-words.ts";
import { TimeLeft } from "#components/requirements/time-left.tsx";
import type { Decider } from "#components/requirements/use-decider.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { cn } from "#components/ui/class-names.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IdChip } from "#components/ui/id-chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import type { RequirementState } from "#lib/core/requirement-state.ts";

interface ApprovalDetailProps {
  approval: RequirementState;
  decider: Decider;
  /** How many others wait for the same call with the same arguments. */
  sameCount: number;
  alsoSame: boolean;
  onAlsoSame: (also: boolean) => void;
}

const KIND_WORDS: Record<RequirementState["kind"], string> = {
  confirmation: "confirmation",
  user_input: "form",
  user_feedback: "question",
  external_execution: "external result",
  effect_unknown: "unknown effect",
  budget: "budget",
};

/** One approval: what is asked, with which arguments, why, and the actions at its foot. */
export function ApprovalDetail(props: ApprovalDetailProps) {
  const { approval, decider, sameCount, alsoSame, onAlsoSame } = props;
  const { organization } = useShell();
  const { asked, settled, effect } = approval;
  const open = approval.status === "open";
  const isBudget = approval.kind === "budget";
  const runHref = pageHref(
    organization.slug,
    `/sessions/${encodeURIComponent(approval.session_id)}?run=${encodeURIComponent(approval.run_id)}`,
  );
  return (
    <article aria-label="Approval" className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 sm:px-6">
        <div className="mx-auto max-w-[680px]">
          <div className="flex flex-wrap items-center gap-2">
            <Standing approval={approval} />
            <Badge>{KIND_WORDS[approval.kind]}</Badge>
            {effect === null ? null : <EffectBadge effect={effect} />}
            <span className="ml-auto max-sm:hidden">
              <IdChip id={approval.id} prefix="req" />
            </span>
          </div>
          <h2 className="mt-2 text-lg font-semibold tracking-[-0.012em] break-words">
            {requirementTitle(approval)}
          </h2>
          <p className="mt-0.5 flex flex-wrap gap-x-1.5 text-fg-3">
            <span>
              <span className="font-medium text-fg-2">{approval.agent_name}</span> asked{" "}
              <RelativeTime value={approval.created_at * 1_000} />
            </span>
            {approval.asked_for === null ? null : (
              <span>
                · for <span className="font-medium text-fg-2">{nameOf(approval.asked_for, true)}</span>
              </span>
            )}
            {open && approval.expires_at !== null ? (
              <span>
                · <TimeLeft expiresAt={approval.expires_at} />
                {approval.policy?.on_expiry === "end" ? ", then the run ends" : ", then denied"}
              </span>
            ) : null}
          </p>
          <section
            className="mt-4 overflow-hidden rounded-lg border border-line-2"
            aria-label={isBudget ? "Budget" : "Arguments"}
          >
            <h3
              className={cn(
                "flex items-baseline gap-2 border-b border-line px-3.5 py-2.5",
                isBudget && "sr-only",
              )}
            >
              {isBudget ? "Budget" : "Arguments"}{" "}
              <code className="font-mono text-sm font-normal text-fg-3">{asked.tool_name}</code>
              {decider.edits === 0 ? null : (
                <span className="ml-auto font-normal text-fg-3">
                  {decider.edits} of {Object.keys(asked.tool_args).length} changed
                </span>
              )}
            </h3>
            {open || isBudget ? (
              <RequirementBody state={approval} decider={decider} />
            ) : (
              <ArgumentList
                before={asked.tool_args}
                after={(settled ?? asked).tool_args}
                whose={approval.resolved_by === null ? "changed" : nameOf(approval.resolved_by, true)}
              />
            )}
          </section>
          <Why approval={approval} />
          <section className="mt-5" aria-label="What led here">
            <h3 className="text-sm font-normal text-fg-3">What led here</h3>
            <p className="mt-1 line-clamp-3 break-words text-fg-2">“{approval.question}”</p>
          </section>
          <Link
            href={runHref}
            className="mt-2 inline-flex min-h-6 items-center gap-1 text-accent-text hover:underline max-sm:min-h-11"
          >
            Open the run
            <ChevronRight aria-hidden className="size-3.5" />
          </Link>
        </div>
      </div>
      {open && (!isBudget || decider.failure !== null || approval.approve_refusal !== null) ? (
        <footer className="border-t border-line px-4 py-3 empty:hidden sm:px-6">
          <div className="mx-auto flex max-w-[680px] flex-col gap-2.5">
            {decider.failure === null ? null : <ErrorState title="Not decided">{decider.failure}</ErrorState>}
            {approval.approve_refusal === null ? null : (
              <p className="text-fg-2">{approval.approve_refusal}</p>
            )}
            {approval.kind === "confirmation" && effect === "write" && decider.mode === "look" ? (
              <p className="flex items-start gap-2 text-fg-2">
                <ShieldAlert aria-hidden className="mt-0.75 size-3.5 shrink-0 text-needs" />
                <span>
                  Approving calls <code className="font-mono text-sm">{asked.tool_name}</code> once
                  {decider.edits === 0 ? "" : ", with your arguments"}. It cannot be taken back from here.
                </span>
              </p>
            ) : null}
            {sameCount === 0 || decider.mode === "edit" ? null : (
              <label className="flex min-h-6 items-center gap-2 max-sm:min-h-11">
                <Checkbox checked={alsoSame} onCheckedChange={(on) => onAlsoSame(on === true)} />
                Decide the {sameCount === 1 ? "other call" : `${sameCount} other calls`} with the same
                arguments alike
              </label>
            )}
            <RequirementActions state={approval} decider={decider} />
          </div>
        </footer>
      ) : null}
    </article>
  );
}

function Standing({ approval }: { approval: RequirementState }) {
  const outcome = outcomeWords(approval);
  if (outcome === null && approval.kind === "effect_unknown") return <Status tag kind="unknown" />;
  if (outcome === null) {
    return approval.approve_refusal === null ? (
      <Status tag kind="needs" />
    ) : (
      <Status tag kind="waiting" label="Waiting for others" />
    );
  }
  const kind =
    approval.status !== "settled" ? "cancelled" : approval.outcome === "approved" ? "done" : "failed";
  return <Status tag kind={kind} label={outcome} className="max-w-full whitespace-normal" />;
}

function Why({ approval }: { approval: RequirementState }) {
  const { kind, policy, votes, asked } = approval;
  return (
    <section className="mt-5" aria-label="Why it asks">
      <h3 className="text-sm font-normal text-fg-3">Why it asks</h3>
      <p className="mt-1 text-fg-2">
        {kind === "budget" ? (
          <>The worst case of its next call does not fit what its budgets leave it.</>
        ) : policy === null ? (
          <>
            The tool <code className="font-mono text-sm">{asked.tool_name}</code> takes an approval with this
            agent.
          </>
        ) : (
          <>
            Policy “{policy.name}” on <code className="font-mono text-sm">{policy.tool_pattern}</code>
            {policy.condition === null ? null : (
              <>
                {" "}
                where <code className="font-mono text-sm break-words">{policy.condition}</code>
              </>
            )}
            .
          </>
        )}{" "}
        {kind === "budget"
          ? GRANTERS
          : approval.approval_type === "required"
            ? deciders(approval)
            : "Kept for the record."}
      </p>
      {(policy?.approvals_required ?? 1) > 1 && approval.status === "open" ? (
        <p className="mt-1 text-fg-2">
          {votes.length} of {policy?.approvals_required} approved
          {votes.map(({ by, at }) => (
            <span key={by.id}>
              : {nameOf(by, true)}, <RelativeTime value={at * 1_000} />
            </span>
          ))}
          .
        </p>
      ) : null}
    </section>
  );
}
