import { Ban, Check, X } from "lucide-react";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { outcomeWords } from "./requirement-words.ts";

/** What is left of a requirement once it is settled: who, what, when, in a line. */
export function DecidedRow({ state }: { state: RequirementState }) {
  const words = outcomeWords(state);
  if (words === null) return null;
  const Icon = state.status !== "settled" ? Ban : state.outcome === "rejected" ? X : Check;
  return (
    <div
      data-decided={state.id}
      className="flex min-h-11 items-center gap-2 px-3 py-1.5 text-fg-2 sm:min-h-9"
    >
      <Icon aria-hidden className="size-3.5 shrink-0 text-fg-3" />
      <span className="min-w-0 flex-1 break-words">{words}</span>
      {state.resolved_at === null ? null : (
        <RelativeTime value={state.resolved_at * 1_000} className="shrink-0 text-sm text-fg-3" />
      )}
    </div>
  );
}
