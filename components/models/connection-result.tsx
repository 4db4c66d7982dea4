import { CircleCheck, OctagonX } from "lucide-react";
import { formatDuration } from "#lib/core/format-duration.ts";
import type { ConnectionTest } from "#lib/core/model-provider.ts";

/** What a connection test found out, in a sentence. */
export function ConnectionResult({ result }: { result: ConnectionTest }) {
  const Icon = result.ok ? CircleCheck : OctagonX;
  return (
    <div
      role="status"
      className={
        result.ok
          ? "flex gap-2.5 rounded-lg border border-ok-line bg-ok-soft px-3 py-2.5"
          : "flex gap-2.5 rounded-lg border border-failed-line bg-failed-soft px-3 py-2.5"
      }
    >
      <Icon
        aria-hidden
        className={result.ok ? "mt-0.5 size-4 shrink-0 text-ok" : "mt-0.5 size-4 shrink-0 text-failed"}
      />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{result.ok ? "It works" : "It does not work yet"}</p>
        <p className="text-fg-2 [overflow-wrap:anywhere]">{result.detail}</p>
      </div>
      <span className="shrink-0 text-sm text-fg-2 tabular-nums">{formatDuration(result.duration_ms)}</span>
    </div>
  );
}
