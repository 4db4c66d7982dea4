"use client";

import { RotateCw } from "lucide-react";
import Link from "next/link";
import { MessagePage } from "#components/shell/message-page.tsx";
import { Button } from "#components/ui/button.tsx";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <MessagePage
      title="This page could not be drawn"
      actions={
        <>
          <Button variant="primary" onClick={reset}>
            <RotateCw />
            Try again
          </Button>
          <Button asChild variant="ghost">
            <Link href="/">Go home</Link>
          </Button>
        </>
      }
    >
      Nothing was changed. The reason is in the server's log
      {error.digest === undefined ? "." : ` under ${error.digest}.`}
    </MessagePage>
  );
}
