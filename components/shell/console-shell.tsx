"use client";

import { type ReactNode, useCallback, useMemo, useState } from "react";
import { ApprovalCountProvider } from "./approval-count-provider.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { useGo } from "./leave-guard-context.ts";
import { LeaveGuardProvider } from "./leave-guard-provider.tsx";
import { NAVIGATION, pageHref } from "./navigation.ts";
import { type Shell, ShellContext } from "./shell-context.ts";
import { useShortcut } from "./shortcut-context.ts";
import { ShortcutProvider } from "./shortcut-provider.tsx";
import { Sidebar } from "./sidebar.tsx";
import { SIDEBAR_COOKIE } from "./sidebar-cookie.ts";
import { TabBar } from "./tab-bar.tsx";

interface ConsoleShellProps extends Pick<Shell, "organization" | "organizations" | "user"> {
  /** True when the sidebar was folded when this browser was last here. */
  folded: boolean;
  children: ReactNode;
}

const COOKIE_MAX_AGE_S = 365 * 24 * 3_600;

function NavigationShortcut({ path, keys, label }: { path: string; keys: string; label: string }) {
  const go = useGo();
  useShortcut({ keys, label, group: "Go to", run: () => go(path) });
  return null;
}

function ShellShortcuts({
  slug,
  onPalette,
  onFold,
}: {
  slug: string;
  onPalette: () => void;
  onFold: () => void;
}) {
  const go = useGo();
  useShortcut({ keys: "mod+k", label: "Search, jump, act", group: "Do", run: onPalette });
  useShortcut({ keys: "mod+b", label: "Fold the sidebar", group: "Do", run: onFold });
  useShortcut({ keys: "c", label: "New chat", group: "Do", run: () => go(pageHref(slug, "/chat")) });
  return NAVIGATION.map((item) => (
    <NavigationShortcut
      key={item.keys}
      keys={item.keys}
      label={item.label}
      path={pageHref(slug, item.path)}
    />
  ));
}

/** The frame of every page of the console: sidebar or tab bar, palette, keys, and the page in the middle. */
export function ConsoleShell({ organization, organizations, user, folded, children }: ConsoleShellProps) {
  const [isFolded, setFolded] = useState(folded);
  const [palette, setPalette] = useState(false);
  const openPalette = useCallback(() => setPalette(true), []);
  const shell = useMemo(
    () => ({ organization, organizations, user, openPalette }),
    [organization, organizations, user, openPalette],
  );

  function toggle() {
    const next = !isFolded;
    setFolded(next);
    document.cookie = `${SIDEBAR_COOKIE}=${next ? "folded" : "full"}; path=/; max-age=${COOKIE_MAX_AGE_S}; samesite=lax`;
  }

  return (
    <ShellContext value={shell}>
      <LeaveGuardProvider>
        <ShortcutProvider>
          <ApprovalCountProvider>
            <ShellShortcuts slug={organization.slug} onPalette={openPalette} onFold={toggle} />
            <div
              data-sidebar={isFolded ? "folded" : "full"}
              className="flex h-dvh flex-col overflow-hidden sm:flex-row"
            >
              <a
                href="#main"
                className="absolute top-2 left-2 z-60 -translate-y-16 rounded-md border border-line-2 bg-raised px-3 py-1.5 font-medium shadow-2 focus:translate-y-0"
              >
                Skip to the page
              </a>
              <Sidebar onToggle={toggle} />
              <main
                id="main"
                tabIndex={-1}
                className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg outline-none"
              >
                {children}
              </main>
              <TabBar />
            </div>
            <CommandPalette open={palette} onOpenChange={setPalette} />
          </ApprovalCountProvider>
        </ShortcutProvider>
      </LeaveGuardProvider>
    </ShellContext>
  );
}
