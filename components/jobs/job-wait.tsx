import { RelativeTime } from "#components/ui/relative-time.tsx";

interface JobWaitProps {
  waitsFor: string | null;
  /** Seconds since the epoch. */
  waitsUntil: number | null;
  /** Calls that failed in a row. */
  failedAttempts: number;
}

/** What a job waits for, in one line: an event, another job, a time, its next attempt. */
export function JobWait({ waitsFor, waitsUntil, failedAttempts }: JobWaitProps) {
  if (waitsFor === null && waitsUntil === null) return null;
  const until = waitsUntil === null ? null : <RelativeTime value={waitsUntil * 1_000} />;
  if (waitsFor === null) {
    return (
      <span>
        {failedAttempts > 0 ? `attempt ${failedAttempts + 1} ` : "until "}
        {until}
      </span>
    );
  }
  return (
    <span>
      for <span className="mono">{waitsFor}</span>
      {until === null ? null : <span className="text-fg-3">, at most until {until}</span>}
    </span>
  );
}
