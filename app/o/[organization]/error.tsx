"use client";

import { RotateCw } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorHere({ error, reset }: ErrorPageProps) {
  return (
    <>
      <PageHeader crumbs={[{ label: "Something broke" }]} />
      <PageBody>
        <h1 className="sr-only">Something broke</h1>
        <ErrorState
          title="This page could not be drawn"
          action={
            <Button onClick={reset}>
              <RotateCw />
              Try again
            </Button>
          }
        >
          Nothing was changed. The reason is in the server's log
          {error.digest === undefined ? "." : ` under ${error.digest}.`}
        </ErrorState>
      </PageBody>
    </>
  );
}
