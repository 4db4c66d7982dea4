"use client";

import { createContext, useContext } from "react";

export interface ShellOrganization {
  slug: string;
  name: string;
}

/** What the console knows about where and who one is. */
export interface Shell {
  organization: ShellOrganization;
  /** Every organization that the user may switch to. */
  organizations: readonly ShellOrganization[];
  user: { name: string; email: string; role: "owner" | "admin" | "member" };
  openPalette: () => void;
}

export const ShellContext = createContext<Shell | null>(null);

/** The console around the component. */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error("useShell needs the console's shell above it.");
  return shell;
}
