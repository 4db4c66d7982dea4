"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { attemptStatus } from "./attempt-status.ts";
import { useTrigger } from "./trigger-context.tsx";

/** Says how the firing by hand goes, and leads to its run. */
export function TriggerLine() {
  const { organization } = useShell();
  const { state } = useTrigger();
  if (state.phase === "idle") return null;
  if (state.phase === "refused") {
    return (
      <ErrorState title="It was not triggered" className="mb-5">
        {state.sentence}
      </ErrorState>
    );
  }
  if (state.phase === "running") {
    return (
      <p
        role="status"
        className="mb-5 flex items-center gap-3 rounded-lg border border-line bg-sunken px-3.5 py-2.5"
      >
        <Status kind="running" />
        <span className="text-fg-3">
          triggered <RelativeTime value={state.sinceMs} />. You may leave this page: it goes on.
        </span>
      </p>
    );
  }
  const { run } = state;
  return (
    <div
      role="status"
      className="mb-5 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-sunken px-3.5 py-2"
    >
      <Status {...attemptStatus(run.status)} />
      <span className="min-w-0 flex-1 text-fg-2 [overflow-wrap:anywhere]">
        {run.error ?? "The trigger by hand has ended."}
      </span>
      {run.run_id === null || run.session_id === null ? null : (
        <Button asChild size="sm">
          <Link
            href={pageHref(
              organization.slug,
              `/sessions/${encodeURIComponent(run.session_id)}?run=${encodeURIComponent(run.run_id)}`,
            )}
          >
            Open the run
            <ArrowRight />
          </Link>
        </Button>
      )}
    </div>
  );
}
