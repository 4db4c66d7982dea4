import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

const badgeStyle = cva(
  "inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-sm whitespace-nowrap ring-1 ring-inset [&_svg]:size-3",
  {
    variants: {
      variant: {
        neutral: "bg-sunken text-fg-2 ring-line",
        strong: "font-medium text-fg ring-control",
        accent: "bg-accent-soft text-accent-text ring-accent-line",
      },
    },
    defaultVariants: { variant: "neutral" },
  },
);

/** A chip of one or two words. `strong` marks what changes the world (the effect `write`). */
export function Badge({
  variant,
  className,
  ...rest
}: ComponentProps<"span"> & VariantProps<typeof badgeStyle>) {
  return <span className={cn(badgeStyle({ variant }), className)} {...rest} />;
}
