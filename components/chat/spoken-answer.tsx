"use client";

import { type RefObject, useEffect, useRef } from "react";

interface SpokenAnswerProps {
  /** Changes when an answer has ended on this page; null before. */
  endedKey: string | null;
  /** Where the answer stands. */
  thread: RefObject<HTMLElement | null>;
}

/** Tells a screen reader an answer once, when it has ended: each word as it comes would drown everything else. */
export function SpokenAnswer({ endedKey, thread }: SpokenAnswerProps) {
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (said.current === null) return;
    // As it is on screen, without the signs of its markdown.
    const texts = thread.current?.querySelectorAll<HTMLElement>("article:last-of-type .chat-prose") ?? [];
    said.current.textContent = endedKey === null ? "" : [...texts].map((text) => text.innerText).join(" ");
  }, [endedKey, thread]);
  return <p ref={said} role="status" className="sr-only" />;
}
