"use client";

import { AlertDialog as AlertDialogPrimitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { overlayStyle } from "./dialog.tsx";

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the thing: "Delete Billing desk?" */
  title: string;
  /** Names the loss: "34 sessions stay readable." */
  description: ReactNode;
  /** The same verb as the title: "Delete Billing desk". */
  confirmLabel: string;
  cancelLabel?: string;
  /** Does it. The dialog closes when it resolves; a rejection's message is shown in place. */
  onConfirm: () => Promise<void> | void;
  /** True (as usual) paints the button red. */
  destructive?: boolean;
}

/** Asks before something that cannot be taken back. Focus starts on the harmless button. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  cancelLabel = "Keep",
  onConfirm,
  destructive = true,
}: ConfirmDialogProps) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function confirm() {
    setPending(true);
    setFailure(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "That did not work. Try again.");
    } finally {
      setPending(false);
    }
  }

  return (
    <AlertDialogPrimitive.Root
      open={open}
      onOpenChange={(next) => {
        if (pending) return;
        setFailure(null);
        onOpenChange(next);
      }}
    >
      <AlertDialogPrimitive.Portal>
        <AlertDialogPrimitive.Overlay className={overlayStyle} />
        <AlertDialogPrimitive.Content className="fixed top-1/2 left-1/2 z-50 w-full max-w-[min(440px,calc(100vw-32px))] -translate-x-1/2 -translate-y-1/2 rounded-2xl border border-line-2 bg-raised p-5 shadow-2 outline-none duration-160 data-[state=open]:animate-in data-[state=open]:fade-in-0">
          <AlertDialogPrimitive.Title className="text-md font-semibold">{title}</AlertDialogPrimitive.Title>
          <AlertDialogPrimitive.Description className="mt-1 text-fg-2">
            {description}
          </AlertDialogPrimitive.Description>
          {failure === null ? null : (
            <p role="alert" className="mt-3 text-failed-text">
              {failure}
            </p>
          )}
          <div className="mt-5 flex flex-wrap gap-2">
            <Button
              variant={destructive ? "danger" : "primary"}
              pending={pending}
              onClick={() => void confirm()}
            >
              {confirmLabel}
            </Button>
            <AlertDialogPrimitive.Cancel asChild>
              <Button variant="ghost" disabled={pending}>
                {cancelLabel}
              </Button>
            </AlertDialogPrimitive.Cancel>
          </div>
        </AlertDialogPrimitive.Content>
      </AlertDialogPrimitive.Portal>
    </AlertDialogPrimitive.Root>
  );
}
