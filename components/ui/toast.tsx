"use client";

import { X } from "lucide-react";
import { Toast as ToastPrimitive } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";

interface ToastMessage {
  title: string;
  /** Undo, or a way to what happened. */
  action?: { label: string; onAction: () => void };
}

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null);

/** Returns the function that shows a toast: only for what happened elsewhere or can be undone, never for errors. */
export function useToast(): (message: ToastMessage) => void {
  const show = useContext(ToastContext);
  if (show === null) throw new Error("useToast needs a ToastProvider above it.");
  return show;
}

/** Stands once around the app. Toasts lie bottom left for 6 s, longer under the pointer or focus. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const nextId = useRef(0);
  const [messages, setMessages] = useState<(ToastMessage & { id: number })[]>([]);
  const show = useCallback((message: ToastMessage) => {
    nextId.current += 1;
    const id = nextId.current;
    setMessages((current) => [...current.slice(-2), { ...message, id }]);
  }, []);
  return (
    <ToastContext value={show}>
      <ToastPrimitive.Provider duration={6_000} swipeDirection="left">
        {children}
        {messages.map((message) => (
          <ToastPrimitive.Root
            key={message.id}
            onOpenChange={(open) => {
              if (!open) setMessages((current) => current.filter((other) => other.id !== message.id));
            }}
            className="flex items-center gap-3 rounded-lg border border-line-2 bg-raised py-1.5 pr-1.5 pl-3.5 shadow-2 data-[state=open]:animate-in data-[state=open]:fade-in-0"
          >
            <ToastPrimitive.Title className="min-w-0 flex-1">{message.title}</ToastPrimitive.Title>
            {message.action === undefined ? null : (
              <ToastPrimitive.Action asChild altText={message.action.label} onClick={message.action.onAction}>
                <Button size="sm">{message.action.label}</Button>
              </ToastPrimitive.Action>
            )}
            <ToastPrimitive.Close asChild>
              <IconButton label="Close message" size="sm">
                <X />
              </IconButton>
            </ToastPrimitive.Close>
          </ToastPrimitive.Root>
        ))}
        <ToastPrimitive.Viewport className="fixed bottom-18 left-4 z-60 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2 outline-none sm:bottom-4" />
      </ToastPrimitive.Provider>
    </ToastContext>
  );
}
