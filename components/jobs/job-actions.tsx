"use client";

import { Ban, RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { apiRequest } from "#lib/client/api-request.ts";
import { type DurableRunStatus, isDurableRunOver } from "#lib/core/durable-run.ts";

interface JobActionsProps {
  job: { id: string; status: DurableRunStatus };
}

/** Stop a job that is under way, or run one again that failed or was cancelled. */
export function JobActions({ job }: JobActionsProps) {
  const { organization } = useShell();
  const api = useApi();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const path = `/durable-runs/${encodeURIComponent(job.id)}`;

  async function cancel() {
    try {
      await apiRequest(api, { method: "POST", path: `${path}/cancel` });
    } catch (error) {
      throw new Error(failureSentence(error), { cause: error });
    }
    router.refresh();
  }

  async function retry() {
    setBusy(true);
    setFailure(null);
    try {
      const response = await apiRequest(api, { method: "POST", path: `${path}/retry` });
      const { id } = (await response.json()) as { id: string };
      router.push(pageHref(organization.slug, `/jobs/${encodeURIComponent(id)}`));
      router.refresh();
    } catch (error) {
      setFailure(failureSentence(error));
    } finally {
      setBusy(false);
    }
  }

  if (job.status === "completed") return null;
  if (isDurableRunOver(job.status)) {
    return (
      <>
        {failure === null ? null : (
          <p role="alert" className="max-w-80 truncate text-sm text-failed-text" title={failure}>
            {failure}
          </p>
        )}
        <Button onClick={() => void retry()} disabled={busy}>
          <RotateCcw />
          Run again
        </Button>
      </>
    );
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <Ban />
        Cancel
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Cancel this job?"
        description="Its next step will not happen. A run that it drives is cancelled, too, and keeps what it has written."
        confirmLabel="Cancel the job"
        onConfirm={cancel}
      />
    </>
  );
}
