"use client";

import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { useShell } from "./shell-context.ts";

interface AdminActionProps extends Pick<ComponentProps<typeof Button>, "variant" | "className"> {
  href: string;
  children: ReactNode;
}

/** A link that looks like a button, for owners and admins; members see it, and why it is not theirs. */
export function AdminAction({ href, children, ...looks }: AdminActionProps) {
  const { organization, user } = useShell();
  if (user.role !== "member") {
    return (
      <Button asChild {...looks}>
        <Link data-button href={href}>
          {children}
        </Link>
      </Button>
    );
  }
  return (
    <Tooltip label={`Only owners and admins of ${organization.name} can do this.`}>
      <Button aria-disabled tabIndex={0} {...looks} className="pointer-events-auto cursor-not-allowed">
        {children}
      </Button>
    </Tooltip>
  );
}
