"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as SelectPrimitive } from "radix-ui";
import { cn } from "./class-names.ts";
import { useFieldControl } from "./field-context.ts";
import { controlStyle } from "./input.tsx";

export interface SelectOption {
  value: string;
  label: string;
  /** A second, quiet text at the right. */
  hint?: string;
  disabled?: boolean;
}

interface SelectProps {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly SelectOption[];
  placeholder?: string;
  /** Needed outside a Field. */
  "aria-label"?: string;
  disabled?: boolean;
  /** Monospaced, for ids. */
  mono?: boolean;
  className?: string;
}

/** One of a few. For more than about twelve use Combobox. */
export function Select({
  value,
  onValueChange,
  options,
  placeholder,
  disabled,
  mono,
  className,
  ...rest
}: SelectProps) {
  return (
    <SelectPrimitive.Root value={value} onValueChange={onValueChange} disabled={disabled}>
      <SelectPrimitive.Trigger
        className={cn(
          controlStyle,
          "flex h-11 items-center gap-2 px-2.5 text-left sm:h-8 data-placeholder:text-fg-3",
          mono === true && "mono",
          className,
        )}
        {...useFieldControl()}
        {...rest}
      >
        <span className="min-w-0 flex-1 truncate">
          <SelectPrimitive.Value placeholder={placeholder} />
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-fg-3" />
      </SelectPrimitive.Trigger>
      <SelectPrimitive.Portal>
        <SelectPrimitive.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-lg border border-line-2 bg-raised shadow-2 data-[state=open]:animate-in data-[state=open]:fade-in-0"
        >
          <SelectPrimitive.Viewport className="p-1">
            {options.map((option) => (
              <SelectPrimitive.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className={cn(
                  "flex h-11 cursor-default items-center gap-2 rounded-md pr-2 pl-7 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-active sm:h-7.5",
                  "relative",
                  mono === true && "mono",
                )}
              >
                <SelectPrimitive.ItemIndicator className="absolute left-2">
                  <Check aria-hidden className="size-3.5" />
                </SelectPrimitive.ItemIndicator>
                <SelectPrimitive.ItemText>{option.label}</SelectPrimitive.ItemText>
                {option.hint === undefined ? null : (
                  <span className="ml-auto pl-4 text-sm text-fg-3">{option.hint}</span>
                )}
              </SelectPrimitive.Item>
            ))}
          </SelectPrimitive.Viewport>
        </SelectPrimitive.Content>
      </SelectPrimitive.Portal>
    </SelectPrimitive.Root>
  );
}
