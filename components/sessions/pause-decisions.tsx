import { formatDuration } from "#lib/core/format-duration.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import type { TimelineStep } from "#lib/core/run-timeline.ts";
import { waitsFor } from "#lib/core/waits-for.ts";
import { argumentChanges } from "#components/requirements/argument-changes.ts";
import { deciders, outcomeWords, requirementTitle } from "#components/requirements/requirement-words.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";

interface PauseDecisionsProps {
  step: Extract<TimelineStep, { kind: "paused" }>;
  /** All that people were asked about in this run. */
  requirements: readonly RequirementState[];
}

/** Below a pause: for how long it was, and who decided what about each call. */
export function PauseDecisions({ step, requirements }: PauseDecisionsProps) {
  const asked = requirements.filter((one) =>
    step.asked.some(
      (tool) => tool.tool_call_id === one.asked.tool_call_id && waitsFor(tool) === waitsFor(one.asked),
    ),
  );
  return (
    <div className="relative pb-1.5 pl-[92px] sm:pl-26">
      <span
        aria-hidden
        className="absolute inset-y-0 left-[71px] border-l-2 border-dotted border-needs sm:left-[83px]"
      />
      {step.durationMs === null ? null : (
        <p className="min-h-6 text-needs-text">waited {formatDuration(step.durationMs)} for a person</p>
      )}
      <ul>
        {asked.map((one) => (
          <li key={one.id} className="flex min-h-6 flex-wrap items-baseline gap-x-2 pr-2">
            <span className="font-medium">{outcomeWords(one) ?? requirementTitle(one)}</span>
            <code className="font-mono text-sm text-fg-3">{one.asked.tool_name}</code>
            <span className="min-w-0 text-fg-3">{detail(one)}</span>
            {one.resolved_at === null ? null : (
              <RelativeTime value={one.resolved_at * 1_000} className="ml-auto text-sm text-fg-3" />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Which arguments were changed, else the policy that asked. */
function detail(state: RequirementState): string {
  const { asked, settled, policy } = state;
  if (state.status === "open") return state.approval_type === "required" ? deciders(state) : "";
  const changed =
    settled === null
      ? []
      : argumentChanges(asked.tool_args, settled.tool_args).filter((change) => change.changed);
  if (changed.length > 0) return changed.map(({ name }) => name).join(", ");
  return policy === null ? "" : `policy “${policy.name}”`;
}
