"use client";

import { KeyRound, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useTheme } from "next-themes";
import { Avatar } from "#components/ui/avatar.tsx";
import {
  DropdownMenu,
  MenuItem,
  MenuLabel,
  MenuRadio,
  MenuSeparator,
} from "#components/ui/dropdown-menu.tsx";
import { pageHref } from "./navigation.ts";
import { ROLE_WORDS } from "./role-words.ts";
import { useShell } from "./shell-context.ts";
import { signOutHere } from "./sign-out-here.ts";
import { THEME_OPTIONS } from "./theme-options.tsx";

/** Who one is, at the sidebar's foot: profile, sign-ins, looks, sign out. */
export function UserMenu() {
  const { organization, user } = useShell();
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu
      side="top"
      className="w-56"
      trigger={
        <button
          type="button"
          className="-mx-2 flex h-10 shrink-0 items-center justify-center gap-2 border-t border-line text-fg-2 outline-offset-[-2px] hover:bg-hover full:justify-start full:px-4"
        >
          <span className="sr-only">Your account</span>
          <Avatar name={user.name} />
          <span className="hidden min-w-0 flex-1 truncate text-left full:block">{user.name}</span>
          <span className="hidden text-xs text-fg-3 full:block">{ROLE_WORDS[user.role]}</span>
        </button>
      }
    >
      <div className="px-2 pt-1 pb-1.5">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-sm text-fg-3">{user.email}</p>
      </div>
      <MenuSeparator />
      <MenuItem asChild>
        <Link href={pageHref(organization.slug, "/settings/profile")}>
          <UserRound aria-hidden />
          Profile
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href={pageHref(organization.slug, "/settings/sign-ins")}>
          <KeyRound aria-hidden />
          Sign-ins
        </Link>
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuRadio value={theme ?? "system"} onValueChange={setTheme} options={THEME_OPTIONS} />
      <MenuSeparator />
      <MenuItem onSelect={signOutHere}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}
