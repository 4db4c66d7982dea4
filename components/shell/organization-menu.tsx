"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { DropdownMenu, MenuItem, MenuLabel } from "#components/ui/dropdown-menu.tsx";
import { Mark } from "./mark.tsx";
import { pageHref } from "./navigation.ts";
import { useShell } from "./shell-context.ts";

/** The organization one is in, and the way to the others. */
export function OrganizationMenu() {
  const { organization, organizations } = useShell();
  return (
    <DropdownMenu
      className="w-56"
      trigger={
        <button
          type="button"
          aria-label={`Organization ${organization.name}`}
          className="-mx-1 my-1.5 flex h-9 shrink-0 items-center justify-center gap-2 rounded-md px-1 font-semibold hover:bg-hover full:mx-0 full:justify-start full:px-2"
        >
          <Mark />
          <span className="hidden min-w-0 flex-1 truncate text-left full:block">{organization.name}</span>
          <ChevronsUpDown aria-hidden className="hidden size-4 shrink-0 text-fg-3 full:block" />
        </button>
      }
    >
      <MenuLabel>Organizations</MenuLabel>
      {organizations.map((each) => (
        <MenuItem key={each.slug} asChild>
          <Link href={pageHref(each.slug, "")}>
            <span className="min-w-0 flex-1 truncate">{each.name}</span>
            {each.slug === organization.slug ? <Check aria-label="current" /> : null}
          </Link>
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
