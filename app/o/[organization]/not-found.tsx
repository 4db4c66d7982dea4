"use client";

import Link from "next/link";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

export default function NotFoundHere() {
  const { organization } = useShell();
  return (
    <>
      <PageHeader crumbs={[{ label: "Not found" }]} />
      <PageBody>
        <h1 className="sr-only">Not found</h1>
        <EmptyState
          title="There is nothing here"
          actions={
            <Button asChild>
              <Link href={pageHref(organization.slug, "")}>Go home</Link>
            </Button>
          }
        >
          It was deleted, it belongs to somebody else, or your role does not reach it.
        </EmptyState>
      </PageBody>
    </>
  );
}
