"use client";

import { KeyRound, LogOut, Search, UserRound } from "lucide-react";
import Link from "next/link";
import { useTheme } from "next-themes";
import { Avatar } from "#components/ui/avatar.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Mark } from "./mark.tsx";
import { MORE, pageHref } from "./navigation.ts";
import { ROLE_WORDS } from "./role-words.ts";
import { useShell } from "./shell-context.ts";
import { signOutHere } from "./sign-out-here.ts";
import { THEME_OPTIONS } from "./theme-options.tsx";

interface MoreSheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const rowStyle =
  "flex h-11 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-hover [&_svg]:size-5 [&_svg]:text-fg-3";

/** On phones: the pages that the tab bar leaves out, the other organizations, looks and sign out. */
export function MoreSheet({ open, onOpenChange }: MoreSheetProps) {
  const { organization, organizations, user, openPalette } = useShell();
  const { theme, setTheme } = useTheme();
  const close = () => onOpenChange(false);
  const links = [
    ...MORE.map((item) => ({ label: item.label, path: item.path, Icon: item.icon })),
    { label: "Profile", path: "/settings/profile", Icon: UserRound },
    { label: "Sign-ins", path: "/settings/sign-ins", Icon: KeyRound },
  ];
  const others = organizations.filter((each) => each.slug !== organization.slug);
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="More" side="bottom">
      <div className="flex flex-col gap-2 p-2 pb-4">
        <div className="flex items-center gap-3 px-2 py-1.5">
          <Avatar name={user.name} className="size-8 text-sm" />
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium">{user.name}</p>
            <p className="truncate text-sm text-fg-3">
              {ROLE_WORDS[user.role]} of {organization.name}
            </p>
          </div>
        </div>
        <div>
          <button
            type="button"
            className={rowStyle}
            onClick={() => {
              close();
              openPalette();
            }}
          >
            <Search aria-hidden strokeWidth={1.75} />
            Search or jump to
          </button>
          {links.map(({ label, path, Icon }) => (
            <Link key={path} href={pageHref(organization.slug, path)} onClick={close} className={rowStyle}>
              <Icon aria-hidden strokeWidth={1.75} />
              {label}
            </Link>
          ))}
        </div>
        {others.length === 0 ? null : (
          <div className="border-t border-line pt-2">
            <p className="px-2 pb-1 text-sm text-fg-3">Other organizations</p>
            {others.map((each) => (
              <Link key={each.slug} href={pageHref(each.slug, "")} onClick={close} className={rowStyle}>
                <Mark />
                {each.name}
              </Link>
            ))}
          </div>
        )}
        <div className="flex items-center justify-between border-t border-line px-2 pt-3">
          <span>Theme</span>
          <Segmented
            label="Theme"
            value={theme ?? "system"}
            onValueChange={setTheme}
            options={THEME_OPTIONS}
          />
        </div>
        <button type="button" className={rowStyle} onClick={signOutHere}>
          <LogOut aria-hidden strokeWidth={1.75} />
          Sign out
        </button>
      </div>
    </Sheet>
  );
}
