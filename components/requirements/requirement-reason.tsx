import { ShieldCheck } from "lucide-react";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { deciders, GRANTERS, nameOf } from "./requirement-words.ts";

/** The rule that asks, who may decide, who has, and what approving does. */
export function RequirementReason({ state }: { state: RequirementState }) {
  const { policy, approval_type: approval, votes, kind, effect } = state;
  const sentences = [
    policy === null || kind === "budget" ? null : `Policy “${policy.name}” asks.`,
    approval === "required" ? (kind === "budget" ? GRANTERS : deciders(state)) : null,
    (policy?.approvals_required ?? 1) > 1
      ? `${votes.length} of ${policy?.approvals_required} approved${
          votes.length === 0 ? "" : `: ${votes.map(({ by }) => nameOf(by, true)).join(", ")}`
        }.`
      : null,
    kind === "confirmation" && effect === "write" ? "It runs once and cannot be taken back from here." : null,
  ].filter((sentence) => sentence !== null);
  if (sentences.length === 0) return null;
  return (
    <p className="flex items-start gap-2 text-fg-2">
      <ShieldCheck aria-hidden className="mt-0.75 size-3.5 shrink-0 text-fg-3" />
      <span>{sentences.join(" ")}</span>
    </p>
  );
}
