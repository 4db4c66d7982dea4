"use client";

import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { useFieldControl } from "./field-context.ts";

/** The looks of every box that one types in or picks from. */
export const controlStyle =
  "w-full min-w-0 scroll-my-16 rounded-md border border-control bg-raised text-fg transition-colors disabled:cursor-not-allowed disabled:opacity-60 [&[readonly]]:bg-sunken aria-invalid:border-failed aria-invalid:shadow-[0_0_0_1px_var(--failed)]";

/** A line of text. Inside a Field it is labelled and described by it. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      className={cn(controlStyle, "h-11 px-2.5 text-[16px] sm:h-8 sm:text-base", className)}
      {...useFieldControl()}
      {...rest}
    />
  );
}
