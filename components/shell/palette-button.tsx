"use client";

import { Search } from "lucide-react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useShell } from "./shell-context.ts";

/** Opens the palette on phones, where the sidebar's search is not. */
export function PaletteButton() {
  const { openPalette } = useShell();
  return (
    <IconButton label="Search or jump to" onClick={openPalette} className="sm:hidden">
      <Search className="size-5" />
    </IconButton>
  );
}
