import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./class-names.ts";
import { Kbd } from "./kbd.tsx";
import { Tooltip } from "./tooltip.tsx";

interface IconButtonProps extends Omit<ComponentProps<typeof Button>, "children" | "aria-label"> {
  /** The button's name, also its tooltip. */
  label: string;
  /** Keys that do the same, shown in the tooltip. */
  shortcut?: string[];
  side?: "top" | "right" | "bottom" | "left";
  /** The icon, or with `asChild` the element that has it. */
  children: ReactNode;
}

/** A square button with an icon alone; it always has a name and a tooltip. */
export function IconButton({
  label,
  shortcut,
  side,
  size,
  variant,
  className,
  children,
  ...rest
}: IconButtonProps) {
  const square = size === "sm" ? "w-9 px-0 sm:w-6.5 sm:px-0" : "w-10 px-0 sm:w-7.5 sm:px-0";
  const text = (
    <>
      {label}
      {shortcut?.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </>
  );
  return (
    <Tooltip label={text} side={side}>
      <Button
        aria-label={label}
        size={size}
        variant={variant ?? "ghost"}
        className={cn(square, "sm:[&_svg:not([class*='size-'])]:size-4", className)}
        {...rest}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
