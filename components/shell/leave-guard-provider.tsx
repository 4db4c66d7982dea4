"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { type LeaveGuard, LeaveGuardContext } from "./leave-guard-context.ts";
import { useHeldHistory } from "./use-held-history.ts";

/** Where somebody wanted to go: a page, or so many steps through the history. */
type Target = string | { steps: number };

function internalHref(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank") return null;
  const url = new URL(link.href);
  const samePage = url.pathname === location.pathname && url.search === location.search;
  return url.origin !== location.origin || samePage ? null : url.pathname + url.search + url.hash;
}

/** Stands around the pages and asks before one with unsaved changes is left. */
export function LeaveGuardProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const held = useRef(0);
  const [target, setTarget] = useState<Target | null>(null);
  const heldHistory = useHeldHistory((steps) => setTarget({ steps }));

  const guard = useMemo<LeaveGuard>(
    () => ({
      hold: () => {
        held.current += 1;
        if (held.current === 1) heldHistory.hold();
        return () => {
          held.current -= 1;
          if (held.current === 0) heldHistory.release();
        };
      },
      go: (href) => {
        if (held.current > 0) setTarget(href);
        else router.push(href);
      },
    }),
    [router, heldHistory],
  );

  useEffect(() => {
    function onClick(event: MouseEvent) {
      const href = held.current > 0 ? internalHref(event) : null;
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    }
    function onBeforeUnload(event: BeforeUnloadEvent) {
      if (held.current > 0) event.preventDefault();
    }
    document.addEventListener("click", onClick, { capture: true });
    window.addEventListener("beforeunload", onBeforeUnload);
    return () => {
      document.removeEventListener("click", onClick, { capture: true });
      window.removeEventListener("beforeunload", onBeforeUnload);
    };
  }, []);

  return (
    <LeaveGuardContext value={guard}>
      {children}
      <ConfirmDialog
        open={target !== null}
        onOpenChange={(open) => {
          if (!open) setTarget(null);
        }}
        title="Leave without saving?"
        description="What you changed on this page is lost."
        confirmLabel="Leave"
        cancelLabel="Stay"
        onConfirm={() => {
          if (typeof target === "string") router.push(target);
          else if (target !== null) heldHistory.leave(target.steps);
        }}
      />
    </LeaveGuardContext>
  );
}
