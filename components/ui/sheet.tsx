"use client";

import { X } from "lucide-react";
import { Dialog as DialogPrimitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";
import { overlayStyle } from "./dialog.tsx";
import { focusFirstField } from "./focus-first-field.ts";
import { IconButton } from "./icon-button.tsx";

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Its name; shown at the head unless `hideTitle`. */
  title: string;
  hideTitle?: boolean;
  side?: "left" | "right" | "bottom";
  className?: string;
  children: ReactNode;
}

const SIDE = {
  left: "inset-y-0 left-0 w-72 max-w-[85vw] border-r data-[state=open]:slide-in-from-left-4",
  right:
    "inset-y-0 right-0 w-[408px] max-w-[calc(100vw-24px)] border-l data-[state=open]:slide-in-from-right-4",
  bottom:
    "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-2xl border-t pb-[env(safe-area-inset-bottom)] data-[state=open]:slide-in-from-bottom-4",
} as const;

/** A panel that comes in from an edge: drawers on phones, inspectors on narrow screens. */
export function Sheet({
  open,
  onOpenChange,
  title,
  hideTitle = false,
  side = "right",
  className,
  children,
}: SheetProps) {
  return (
    <DialogPrimitive.Root open={open} onOpenChange={onOpenChange}>
      <DialogPrimitive.Portal>
        <DialogPrimitive.Overlay className={overlayStyle} />
        <DialogPrimitive.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirstField}
          className={cn(
            "fixed z-50 flex flex-col border-line-2 bg-bg shadow-2 outline-none duration-160 data-[state=open]:animate-in data-[state=open]:fade-in-0",
            SIDE[side],
            className,
          )}
        >
          {hideTitle ? (
            <DialogPrimitive.Title className="sr-only">{title}</DialogPrimitive.Title>
          ) : (
            <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
              <DialogPrimitive.Title className="min-w-0 flex-1 truncate font-semibold">
                {title}
              </DialogPrimitive.Title>
              <DialogPrimitive.Close asChild>
                <IconButton label="Close">
                  <X />
                </IconButton>
              </DialogPrimitive.Close>
            </div>
          )}
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </DialogPrimitive.Content>
      </DialogPrimitive.Portal>
    </DialogPrimitive.Root>
  );
}
