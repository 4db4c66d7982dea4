import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { Spinner } from "./spinner.tsx";

export const buttonStyle = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border text-base font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg:not([class*='size-'])]:size-4 sm:[&_svg:not([class*='size-'])]:size-3.5",
  {
    variants: {
      variant: {
        secondary: "border-line-2 bg-raised text-fg shadow-1 hover:bg-hover active:bg-active",
        primary:
          "border-accent bg-accent text-accent-fg shadow-1 hover:border-accent-hover hover:bg-accent-hover",
        ghost: "border-transparent text-fg-2 hover:bg-hover hover:text-fg active:bg-active",
        danger: "border-danger bg-danger text-danger-fg shadow-1 hover:opacity-90",
        link: "border-transparent text-accent-text underline-offset-4 hover:underline",
      },
      size: {
        md: "h-10 px-3.5 sm:h-7.5 sm:px-2.5",
        sm: "h-9 px-3 sm:h-6.5 sm:px-2",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyle> {
  /** Renders the only child (a link, say) with the button's looks. */
  asChild?: boolean;
  /** Shows that the action is under way and takes no second press. */
  pending?: boolean;
}

/** A button; at most one `primary` on a page. Text is a verb: "Save agent". */
export function Button({
  variant,
  size,
  asChild = false,
  pending = false,
  className,
  children,
  disabled,
  type,
  ...rest
}: ButtonProps) {
  const classes = cn(buttonStyle({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type ?? "button"}
      className={classes}
      disabled={disabled === true || pending}
      aria-busy={pending || undefined}
      {...rest}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  );
}
