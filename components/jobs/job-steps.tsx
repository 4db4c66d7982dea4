import { CircleCheck, CircleDashed, type LucideIcon, OctagonX } from "lucide-react";
import { cn } from "#components/ui/class-names.ts";
import type { DurableStep } from "#lib/core/durable-run.ts";
import { JobWait } from "./job-wait.tsx";
import { tookWords } from "./took-words.ts";

interface JobStepsProps {
  steps: readonly DurableStep[];
  /** Seconds since the epoch: the beginning and, when it is over, the end of the job. */
  startedAt: number | null;
  endedAt: number | null;
}

const ICONS: Record<DurableStep["status"], { icon: LucideIcon; look: string; word: string }> = {
  waiting: { icon: CircleDashed, look: "text-running", word: "Waiting" },
  completed: { icon: CircleCheck, look: "text-ok", word: "Done" },
  failed: { icon: OctagonX, look: "text-failed", word: "Failed" },
};

const OPERATIONS: Record<string, string> = {
  StepRun: "work",
  StepPlanned: "work",
  StepError: "work",
  StepFailed: "work",
  Sleep: "sleep",
  WaitForEvent: "wait for an event",
  WaitForSignal: "wait for a signal",
  InvokeFunction: "another job",
};

/** A job's steps one under the other, each with its bar on the job's time. */
export function JobSteps({ steps, startedAt, endedAt }: JobStepsProps) {
  const first = startedAt ?? steps[0]?.created_at ?? 0;
  const last = endedAt ?? Math.max(first, ...steps.map((step) => step.settled_at ?? step.created_at));
  // Times are whole seconds: within one, a place on the axis would be made up.
  const totalS = Math.max(1, last - first);
  return (
    <ol aria-label="Steps" className="border-t border-line">
      {steps.map((step) => {
        const { icon: Icon, look, word } = ICONS[step.status];
        const end = step.settled_at ?? last;
        return (
          <li
            key={step.id}
            className="grid min-h-12 grid-cols-[20px_minmax(0,1fr)_max-content] items-center gap-x-2 border-b border-line py-1.5 sm:min-h-9 md:grid-cols-[20px_minmax(0,1fr)_minmax(120px,240px)_72px]"
          >
            <Icon aria-label={word} className={cn("size-3.5", look)} />
            <span className="min-w-0">
              <span className="mono">{step.name}</span>{" "}
              <span className="text-sm text-fg-3">
                {OPERATIONS[step.operation] ?? step.operation}
                {step.attempts > 1 ? `, attempt ${step.attempts}` : ""}
              </span>
              {step.status === "waiting" ? (
                <span className="block truncate text-sm text-fg-2">
                  <JobWait waitsFor={step.waits_for} waitsUntil={step.waits_until} failedAttempts={0} />
                </span>
              ) : null}
              {step.error === null ? null : (
                <span className="block text-sm text-failed-text [overflow-wrap:anywhere]">{step.error}</span>
              )}
            </span>
            <span aria-hidden className="relative hidden h-full md:block">
              {last - first < 1 ? null : (
                <span
                  className={cn(
                    "absolute top-1/2 h-2.5 min-w-0.75 -translate-y-1/2 rounded-[3px]",
                    step.status === "failed"
                      ? "bg-failed"
                      : step.operation === "StepRun"
                        ? "bg-cat-1"
                        : "bg-cat-3",
                  )}
                  style={{
                    left: `${(Math.max(0, step.created_at - first) / totalS) * 97}%`,
                    width: `${(Math.max(0, end - step.created_at) / totalS) * 97}%`,
                  }}
                />
              )}
            </span>
            <span className="text-right text-sm text-fg-2 tabular-nums">{durationOf(step)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** Only waits have a known beginning: work is written down when it is done. */
function durationOf({ created_at, settled_at }: DurableStep): string {
  return settled_at === null || settled_at <= created_at ? "" : tookWords(created_at, settled_at);
}
