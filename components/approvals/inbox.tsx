"use client";

import { ArrowDown, ArrowUp, ChevronLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { useApprovalCount } from "#components/shell/approval-count-context.ts";
import { useShortcut } from "#components/shell/shortcut-context.ts";
import { cn } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { ApprovalPane } from "./approval-pane.tsx";
import { InboxItem } from "./inbox-item.tsx";

interface InboxProps {
  approvals: readonly RequirementState[];
  /** The one that the address names, when it is none of these. */
  named: RequirementState | null;
  /** What the address names; empty for none. */
  openId: string;
}

const WIDE = "(min-width: 761px)";

function writeAddress(id: string): void {
  const address = new URL(window.location.href);
  if ((address.searchParams.get("id") ?? "") === id) return;
  if (id === "") address.searchParams.delete("id");
  else address.searchParams.set("id", id);
  window.history.replaceState(null, "", address);
}

/** The list and, beside it or on a phone in its place, the approval that is open. */
export function Inbox({ approvals, named, openId }: InboxProps) {
  const router = useRouter();
  const { count } = useApprovalCount();
  const [, startTransition] = useTransition();
  const list = useRef<HTMLUListElement>(null);
  const all = named === null ? approvals : [named, ...approvals];
  // On a wide screen something is always open; on a phone it is the list or what was opened from it.
  const [current, setCurrent] = useState(openId === "" ? (all[0]?.id ?? "") : openId);
  const [isOpen, setOpen] = useState(openId !== "");
  const shown = all.find(({ id }) => id === current) ?? all[0];
  const at = all.findIndex(({ id }) => id === shown?.id);

  // The address names what is shown, so that it stays when somebody else decides about it, and says who.
  useEffect(() => {
    if (current !== "" && window.matchMedia(WIDE).matches) writeAddress(current);
  }, [current]);

  const refresh = () => startTransition(() => router.refresh());
  const before = useRef(count);
  useEffect(() => {
    if (before.current !== null && before.current !== count) startTransition(() => router.refresh());
    before.current = count;
  }, [count, router]);

  function open(id: string) {
    setCurrent(id);
    setOpen(id !== "");
    writeAddress(id);
  }

  function move(step: 1 | -1) {
    const next = all[at + step];
    if (next === undefined) return;
    open(next.id);
    const row = list.current?.querySelector<HTMLElement>(`[data-approval="${CSS.escape(next.id)}"]`);
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }

  useShortcut({ keys: "j", label: "Next approval", group: "On this page", run: () => move(1) });
  useShortcut({ keys: "k", label: "Previous approval", group: "On this page", run: () => move(-1) });

  return (
    <div data-open={isOpen || undefined} className="flex min-h-0 flex-1">
      <div
        className={cn(
          "min-h-0 w-full overflow-y-auto border-line px-1 py-2 sm:w-80 sm:shrink-0 sm:border-r sm:px-3 xl:w-102",
          isOpen && "max-sm:hidden",
        )}
      >
        <ul ref={list} aria-label="Approvals" className="flex flex-col gap-px">
          {all.map((approval) => (
            <InboxItem
              key={approval.id}
              approval={approval}
              selected={approval.id === shown?.id}
              onOpen={() => open(approval.id)}
            />
          ))}
        </ul>
      </div>
      {shown === undefined ? null : (
        <div className={cn("flex min-h-0 min-w-0 flex-1 flex-col", !isOpen && "max-sm:hidden")}>
          <div className="flex h-11 shrink-0 items-center gap-1 border-b border-line px-1 sm:hidden">
            <IconButton label="All approvals" onClick={() => open("")}>
              <ChevronLeft />
            </IconButton>
            <span className="flex-1 font-medium tabular-nums">
              {at + 1} of {all.length}
            </span>
            <IconButton label="Previous approval" disabled={at <= 0} onClick={() => move(-1)}>
              <ArrowUp />
            </IconButton>
            <IconButton label="Next approval" disabled={at >= all.length - 1} onClick={() => move(1)}>
              <ArrowDown />
            </IconButton>
          </div>
          <ApprovalPane
            key={shown.id}
            approval={shown}
            same={approvals.filter(
              (other) =>
                other.id !== shown.id &&
                other.status === "open" &&
                other.fingerprint === shown.fingerprint &&
                other.reject_refusal === null,
            )}
            onDecided={(ids) => {
              const left = all.filter(({ id, status }) => status === "open" && !ids.includes(id));
              const next = left.find((one) => all.indexOf(one) > at) ?? left.at(-1);
              setCurrent(next?.id ?? "");
              if (next === undefined) setOpen(false);
              writeAddress(next?.id ?? "");
              refresh();
            }}
            onStale={refresh}
          />
        </div>
      )}
    </div>
  );
}
