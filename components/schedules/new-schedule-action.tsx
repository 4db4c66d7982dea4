"use client";

import { Plus } from "lucide-react";
import { AdminAction } from "#components/shell/admin-action.tsx";
import { KeyCaps } from "#components/shell/key-caps.tsx";
import { useGo } from "#components/shell/leave-guard-context.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useShortcut } from "#components/shell/shortcut-context.ts";

/** Leads to the form of a new schedule; `n` does the same for those who may. */
export function NewScheduleAction() {
  const { organization, user } = useShell();
  const go = useGo();
  const href = pageHref(organization.slug, "/schedules/new");
  useShortcut(
    user.role === "member"
      ? null
      : { keys: "n", label: "New schedule", group: "On this page", run: () => go(href) },
  );
  return (
    <AdminAction variant="primary" href={href}>
      <Plus />
      New schedule
      <KeyCaps keys="n" />
    </AdminAction>
  );
}
