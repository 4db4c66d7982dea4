import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";

interface MessagePageProps {
  title: string;
  actions: ReactNode;
  children: ReactNode;
}

/** A page that only says something: not found, broken. */
export function MessagePage({ title, actions, children }: MessagePageProps) {
  return (
    <main className="mx-auto flex min-h-[60dvh] w-full max-w-[520px] flex-col justify-center gap-4 px-4 py-12">
      <Mark className="size-7" />
      <div>
        <h1>{title}</h1>
        <div className="mt-1 text-fg-2">{children}</div>
      </div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </main>
  );
}
