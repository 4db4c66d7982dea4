"use client";

import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { useFieldControl } from "./field-context.ts";
import { controlStyle } from "./input.tsx";

/** Several lines of text; grows with its content where the browser can, up to `max-height`. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(
        controlStyle,
        "field-sizing-content max-h-[50vh] min-h-20 resize-y px-2.5 py-2 text-[16px] leading-5 sm:text-base",
        className,
      )}
      {...useFieldControl()}
      {...rest}
    />
  );
}
