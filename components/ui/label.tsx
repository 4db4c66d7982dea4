import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

/** The name of a control; `htmlFor` is its id. */
export function Label({ className, htmlFor, children, ...rest }: ComponentProps<"label">) {
  return (
    <label htmlFor={htmlFor} className={cn("text-base font-medium text-fg", className)} {...rest}>
      {children}
    </label>
  );
}
