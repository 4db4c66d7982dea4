import type { ReactNode } from "react";
import { Mark } from "#components/shell/mark.tsx";

/** The frame of the pages before the console: the sign, and one column. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-sunken sm:items-center sm:justify-center sm:p-6">
      <main className="flex w-full flex-1 flex-col bg-bg px-4 py-6 sm:max-w-100 sm:flex-none sm:rounded-2xl sm:border sm:border-line sm:p-8">
        <div className="mb-8 flex items-center gap-2 font-semibold">
          <Mark />
          Gatehouse
        </div>
        {children}
      </main>
    </div>
  );
}
