"use client";

import { Check } from "lucide-react";
import { DropdownMenu as MenuPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names.ts";

interface DropdownMenuProps {
  /** The button that opens it. */
  trigger: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "right" | "bottom" | "left";
  className?: string;
  /** MenuItem, MenuRadio, MenuLabel and MenuSeparator. */
  children: ReactNode;
}

const itemStyle =
  "relative flex h-11 cursor-default select-none items-center gap-2 rounded-md px-2 outline-none data-disabled:opacity-50 data-highlighted:bg-active sm:h-7.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-fg-3";

/** A list of actions that opens from a button. */
export function DropdownMenu({
  trigger,
  align = "start",
  side = "bottom",
  className,
  children,
}: DropdownMenuProps) {
  return (
    <MenuPrimitive.Root modal={false}>
      <MenuPrimitive.Trigger asChild>{trigger}</MenuPrimitive.Trigger>
      <MenuPrimitive.Portal>
        <MenuPrimitive.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            "z-50 min-w-48 rounded-lg border border-line-2 bg-raised p-1 shadow-2 data-[state=open]:animate-in data-[state=open]:fade-in-0",
            className,
          )}
        >
          {children}
        </MenuPrimitive.Content>
      </MenuPrimitive.Portal>
    </MenuPrimitive.Root>
  );
}

interface MenuItemProps extends ComponentProps<typeof MenuPrimitive.Item> {
  /** Red text, for what deletes. */
  destructive?: boolean;
}

/** One action; with `asChild` its only child is a link. */
export function MenuItem({ destructive = false, className, ...rest }: MenuItemProps) {
  return (
    <MenuPrimitive.Item
      className={cn(itemStyle, destructive && "text-failed-text [&_svg]:text-failed", className)}
      {...rest}
    />
  );
}

interface MenuRadioProps {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly { value: string; label: string; icon?: ReactNode }[];
}

/** One choice of several, with a tick. */
export function MenuRadio({ value, onValueChange, options }: MenuRadioProps) {
  return (
    <MenuPrimitive.RadioGroup value={value} onValueChange={onValueChange}>
      {options.map((option) => (
        <MenuPrimitive.RadioItem key={option.value} value={option.value} className={cn(itemStyle, "pr-8")}>
          {option.icon}
          {option.label}
          <MenuPrimitive.ItemIndicator className="absolute right-2">
            <Check aria-hidden />
          </MenuPrimitive.ItemIndicator>
        </MenuPrimitive.RadioItem>
      ))}
    </MenuPrimitive.RadioGroup>
  );
}

/** A quiet heading of a group. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <MenuPrimitive.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-fg-3">
      {children}
    </MenuPrimitive.Label>
  );
}

/** A hairline between groups. */
export function MenuSeparator() {
  return <MenuPrimitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
