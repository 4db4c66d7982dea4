import {
  Ban,
  Braces,
  Brain,
  ChevronRight,
  CircleCheck,
  Hand,
  ListPlus,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  PenLine,
  Play,
  RotateCcw,
  ShieldCheck,
  Shrink,
  Text,
  Wrench,
  Zap,
} from "lucide-react";
import { cn } from "#components/ui/class-names.ts";
import { formatDuration } from "#lib/core/format-duration.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import type { TimelineStep } from "#lib/core/run-timeline.ts";
import { PauseDecisions } from "./pause-decisions.tsx";
import { StepDetails } from "./step-details.tsx";
import { stepWords } from "./step-words.ts";

interface RunTimelineProps {
  steps: readonly TimelineStep[];
  /** True when there are more steps than these. */
  cut: boolean;
  /** What people were asked about. */
  requirements: readonly RequirementState[];
}

const ICONS: Record<TimelineStep["kind"], LucideIcon> = {
  started: Play,
  model: Zap,
  reasoning: Brain,
  answer: Text,
  tool: Wrench,
  paused: Hand,
  compression: Shrink,
  followups: ListPlus,
  output: PenLine,
  parser: Braces,
  check: ShieldCheck,
  recovered: RotateCcw,
  completed: CircleCheck,
  cancelled: Ban,
  failed: OctagonX,
};

const BARS: Partial<Record<TimelineStep["kind"], string>> = {
  paused: "bg-needs-line",
  model: "bg-cat-1",
  compression: "bg-cat-1",
  followups: "bg-cat-1",
  output: "bg-cat-1",
  parser: "bg-cat-1",
  check: "bg-cat-3",
  tool: "bg-cat-2",
  reasoning: "bg-cat-3",
  answer: "bg-cat-4",
};

const LEGEND = [
  { word: "Model", bar: "bg-cat-1" },
  { word: "Tool", bar: "bg-cat-2" },
  { word: "Thought", bar: "bg-cat-3" },
  { word: "Answer", bar: "bg-cat-4" },
];

const gridStyle =
  "grid grid-cols-[44px_24px_minmax(0,1fr)_max-content] items-center gap-x-2 sm:grid-cols-[56px_24px_minmax(0,1fr)_64px_40px] xl:grid-cols-[56px_24px_minmax(0,3fr)_minmax(140px,2fr)_64px_40px]";

// Below this, tenths of a second tell too little.
const SHORT_RUN_MS = 10_000;

function isFailed(step: TimelineStep): boolean {
  return step.kind === "failed" || (step.kind === "tool" && step.error !== null);
}

function opens(step: TimelineStep): boolean {
  return step.kind === "model"
    ? step.usage !== null
    : step.kind === "compression" || step.kind === "followups"
      ? (step.usage?.calls ?? []).length > 0
      : step.kind === "output" || step.kind === "parser"
        ? (step.calls ?? []).length > 0
        : ["reasoning", "answer", "tool", "failed"].includes(step.kind);
}

function StepRow({ step, totalMs }: { step: TimelineStep; totalMs: number }) {
  const words = stepWords(step);
  const works = step.open && step.kind !== "paused";
  const Icon = works ? LoaderCircle : ICONS[step.kind];
  const failed = isFailed(step);
  // What ends a run, or breaks it, has no length worth a bar; its words need the room.
  const bar = step.kind === "failed" ? undefined : failed ? "bg-failed" : BARS[step.kind];
  const lengthMs = step.open ? totalMs - step.offsetMs : (step.durationMs ?? 0);
  return (
    <>
      <span className="text-right text-sm text-fg-3 tabular-nums">
        {(step.offsetMs / 1_000).toFixed(totalMs < SHORT_RUN_MS ? 2 : 1)} s
      </span>
      <span className="relative grid h-full place-items-center">
        <span
          aria-hidden
          className="absolute inset-y-0 w-px bg-line-2 group-first/step:top-1/2 group-last/step:bottom-1/2"
        />
        <span className="relative bg-bg py-1 group-hover/step:bg-hover">
          <Icon
            aria-hidden
            className={cn(
              "size-3.5 text-fg-3",
              step.kind === "completed" && "text-ok",
              failed && "text-failed",
              step.kind === "paused" && "text-needs",
              works && "animate-spin text-running",
            )}
          />
        </span>
      </span>
      <span
        className={cn(
          "flex min-w-0 items-baseline gap-2 max-sm:flex-wrap max-sm:gap-y-0",
          bar === undefined && "xl:col-span-2",
        )}
      >
        {words.name === "" ? null : (
          <span className={cn("shrink-0 font-medium", step.givenUp && "text-fg-3")}>{words.name}</span>
        )}
        {step.givenUp ? <span className="shrink-0 text-sm text-fg-3">given up</span> : null}
        {words.machineName === null ? null : (
          <span className="mono min-w-0 shrink-0 truncate">{words.machineName}</span>
        )}
        <span
          className={cn(
            "min-w-0 flex-1 truncate max-sm:basis-full max-sm:text-sm",
            failed ? "text-failed-text" : "text-fg-3",
          )}
        >
          {words.line}
        </span>
      </span>
      {bar === undefined ? null : (
        <span aria-hidden className="relative hidden h-full xl:block">
          <span
            className={cn(
              "absolute top-1/2 h-2.5 min-w-0.75 -translate-y-1/2 rounded-[3px]",
              step.givenUp ? "bg-line-2" : bar,
            )}
            style={{
              left: `${(step.offsetMs / totalMs) * 100}%`,
              width: `${Math.min(1, lengthMs / totalMs) * 100}%`,
            }}
          />
        </span>
      )}
      <span className="text-right text-fg-2 tabular-nums">
        {step.durationMs === null ? (works ? "running" : "") : formatDuration(step.durationMs)}
      </span>
      <span className="flex items-center justify-end gap-1 text-sm text-fg-3 tabular-nums max-sm:hidden">
        #{step.index}
      </span>
    </>
  );
}

/** What happened in a run, step by step: when, what, for how long; a row opens to what went in and came out. */
export function RunTimeline({ steps, cut, requirements }: RunTimelineProps) {
  const totalMs = Math.max(1, ...steps.map((step) => step.offsetMs + (step.durationMs ?? 0)));
  return (
    <div>
      <p aria-hidden className="mb-1 hidden items-center justify-end gap-4 text-sm text-fg-3 xl:flex">
        {LEGEND.map(({ word, bar }) => (
          <span key={word} className="inline-flex items-center gap-1.5">
            <span className={cn("size-2.5 rounded-[3px]", bar)} />
            {word}
          </span>
        ))}
      </p>
      <ol aria-label="Timeline">
        {steps.map((step) => (
          <li key={step.index} className="group/step -mx-2">
            {opens(step) ? (
              <details className="group/details">
                <summary
                  data-row
                  className={cn(
                    gridStyle,
                    "relative min-h-12 list-none rounded-md px-2 hover:bg-hover sm:min-h-8.5 [&::-webkit-details-marker]:hidden",
                  )}
                >
                  <StepRow step={step} totalMs={totalMs} />
                  <ChevronRight
                    aria-hidden
                    className="absolute -right-2.5 size-3.5 text-fg-3 transition-transform group-open/details:rotate-90 max-sm:hidden"
                  />
                </summary>
                <StepDetails step={step} />
              </details>
            ) : (
              <div className={cn(gridStyle, "min-h-12 rounded-md px-2 sm:min-h-8.5")}>
                <StepRow step={step} totalMs={totalMs} />
              </div>
            )}
            {step.kind === "paused" ? <PauseDecisions step={step} requirements={requirements} /> : null}
          </li>
        ))}
      </ol>
      {cut ? (
        <p className="mt-3 text-fg-3">The run has more steps than these. Read all of them through the API.</p>
      ) : null}
    </div>
  );
}
