"use client";

import { X } from "lucide-react";
import { Dialog as DialogPrimitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";
import { focusFirstField } from "./focus-first-field.ts";
import { IconButton } from "./icon-button.tsx";

export const overlayStyle =
  "fixed inset-0 z-40 bg-black/35 duration-160 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0 dark:bg-black/60";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One line below the title. */
  description?: ReactNode;
  /** Buttons at the foot, the main one first. */
  footer?: ReactNode;
  /** Pixels; 480 unless told. */
  width?: number;
  className?: string;
  children: ReactNode;
}

/** A box above the page; Esc and a click outside close it, focus goes back where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  width = 480,
  className,
  children,
}: DialogProps) {
  return (
    <DialogPrimitive.Root open={open} onOpenChange={onOpenChange}>
      <DialogPrimitive.Portal>
        <DialogPrimitive.Overlay className={overlayStyle} />
        <DialogPrimitive.Content
          style={{ maxWidth: `min(${width}px, calc(100vw - 32px))` }}
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirstField}
          className={cn(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-48px)] w-full -translate-x-1/2 -translate-y-1/2 flex-col overflow-hidden rounded-2xl border border-line-2 bg-raised shadow-2 outline-none duration-160 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0",
            className,
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <DialogPrimitive.Title className="text-md font-semibold">{title}</DialogPrimitive.Title>
              {description === undefined ? null : <p className="text-fg-2">{description}</p>}
            </div>
            <DialogPrimitive.Close asChild>
              <IconButton label="Close" size="sm" className="-mr-1.5">
                <X />
              </IconButton>
            </DialogPrimitive.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer === undefined ? null : (
            <div className="flex flex-wrap items-center gap-2 border-t border-line px-5 py-3">{footer}</div>
          )}
        </DialogPrimitive.Content>
      </DialogPrimitive.Portal>
    </DialogPrimitive.Root>
  );
}
