import Link from "next/link";
import { pageHref } from "#components/shell/navigation.ts";
import { Section } from "#components/ui/section.tsx";
import { cronSentence } from "#lib/core/cron-sentence.ts";
import { formatDuration } from "#lib/core/format-duration.ts";
import type { Schedule } from "#lib/core/schedule.ts";
import { FireTimes } from "./fire-times.tsx";
import { CATCH_UP_OPTIONS, OVERLAP_OPTIONS } from "./policy-words.ts";
import type { ScheduleTarget } from "./schedule-views.ts";

interface ScheduleFactsProps {
  organization: string;
  schedule: Schedule;
  target: ScheduleTarget;
}

/** What a schedule runs, when, and how it behaves, to read. */
export function ScheduleFacts({ organization, schedule, target }: ScheduleFactsProps) {
  const { payload, max_retries, retry_delay_seconds, timeout_seconds } = schedule;
  const message = typeof payload?.message === "string" ? payload.message : null;
  const isPlain = message !== null && Object.keys(payload ?? {}).length === 1;
  const facts: (readonly [string, string])[] = [
    ["While the last one still runs", labelOf(OVERLAP_OPTIONS, schedule.overlap_policy)],
    ["Missed while the server was down", labelOf(CATCH_UP_OPTIONS, schedule.catch_up_policy)],
    [
      "Retries",
      max_retries === 0
        ? "none"
        : `${max_retries}, each ${formatDuration(retry_delay_seconds * 1_000)} after the failure`,
    ],
    ["Time limit", formatDuration(timeout_seconds * 1_000)],
  ];
  return (
    <div className="flex flex-col gap-5">
      <Section title="When">
        <p className="font-medium">{cronSentence(schedule.cron_expr)}</p>
        <p className="mb-1.5 text-fg-3">
          <span className="mono">{schedule.cron_expr}</span> in {schedule.timezone.replaceAll("_", " ")}
        </p>
        {schedule.enabled ? (
          <FireTimes expression={schedule.cron_expr} timeZone={schedule.timezone} />
        ) : (
          <p className="text-fg-2">It is off and does not fire.</p>
        )}
      </Section>
      <Section title="What it runs">
        {target.agentId === null ? (
          <p className="[overflow-wrap:anywhere]">
            <span className="mono">{target.label}</span>
            {target.isGone ? (
              <span className="text-failed-text"> There is no agent of this id any more.</span>
            ) : null}
          </p>
        ) : (
          <p>
            <Link
              href={pageHref(organization, `/agents/${encodeURIComponent(target.agentId)}`)}
              className="font-medium hover:underline"
            >
              {target.label}
            </Link>
          </p>
        )}
        {payload === null ? null : (
          <p
            className={`mt-2 max-h-60 max-w-[80ch] overflow-y-auto rounded-lg border border-line bg-sunken px-3.5 py-2.5 whitespace-pre-wrap [overflow-wrap:anywhere]${isPlain ? "" : " mono"}`}
          >
            {isPlain ? message : JSON.stringify(payload, null, 2)}
          </p>
        )}
      </Section>
      <Section title="Behaviour">
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 max-sm:grid-cols-1 max-sm:gap-y-0">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-fg-3">{name}</dt>
              <dd className="max-sm:mb-1.5">{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  );
}

function labelOf(options: readonly { value: string; label: string }[], value: string): string {
  return options.find((option) => option.value === value)?.label ?? value;
}
