"use client";

import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { Popover as PopoverPrimitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "./class-names.ts";
import { useFieldControl } from "./field-context.ts";
import { controlStyle } from "./input.tsx";
import { matchWords } from "./match-words.ts";

export interface ComboboxOption {
  value: string;
  label: string;
  /** A second, quiet text at the right. */
  hint?: ReactNode;
  /** Options of one group stand together under this heading. */
  group?: string;
  disabled?: boolean;
}

interface ComboboxProps {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly ComboboxOption[];
  placeholder: string;
  searchPlaceholder: string;
  /** Said when nothing matches. */
  empty: string;
  /** Shown instead of the value's label when no option has it. */
  missingLabel?: string;
  /** Offers what was typed as a value of its own, with these words. */
  customLabel?: (typed: string) => string;
  mono?: boolean;
  disabled?: boolean;
  "aria-label"?: string;
}

/** One of many, found by typing. */
export function Combobox({
  value,
  onValueChange,
  options,
  placeholder,
  searchPlaceholder,
  empty,
  missingLabel,
  customLabel,
  mono = false,
  disabled,
  ...rest
}: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const control = useFieldControl();
  const selected = options.find((option) => option.value === value);
  const groups = Map.groupBy(options, (option) => option.group ?? "");
  const label = selected?.label ?? (value === "" ? undefined : (missingLabel ?? value));

  function pick(next: string) {
    onValueChange(next);
    setTyped("");
    setOpen(false);
  }

  return (
    <PopoverPrimitive.Root open={open} onOpenChange={setOpen}>
      <PopoverPrimitive.Trigger
        type="button"
        role="combobox"
        aria-expanded={open}
        disabled={disabled}
        className={cn(controlStyle, "flex h-11 items-center gap-2 px-2.5 text-left sm:h-8")}
        {...control}
        {...rest}
      >
        <span
          className={cn(
            "min-w-0 flex-1 truncate",
            label === undefined && "text-fg-3",
            mono && label && "mono",
          )}
        >
          {label ?? placeholder}
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-fg-3" />
      </PopoverPrimitive.Trigger>
      <PopoverPrimitive.Portal>
        <PopoverPrimitive.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-(--radix-popover-trigger-width) min-w-64 overflow-hidden rounded-lg border border-line-2 bg-raised shadow-2 outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0"
        >
          <Command
            label={searchPlaceholder}
            filter={(value, sought, keywords = []) => matchWords([value, ...keywords].join(" "), sought)}
            className="flex max-h-80 flex-col"
          >
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder={searchPlaceholder}
              className="h-11 shrink-0 border-b border-line px-3 text-[16px] outline-none sm:h-9 sm:text-base"
            />
            <Command.List className="min-h-0 flex-1 overflow-y-auto p-1">
              <Command.Empty className="px-2 py-3 text-fg-3">{empty}</Command.Empty>
              {[...groups].map(([group, members]) => (
                <Command.Group
                  key={group}
                  heading={group === "" ? undefined : group}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-3"
                >
                  {members.map((option) => (
                    <Command.Item
                      key={option.value}
                      value={option.value}
                      keywords={[option.label, group]}
                      disabled={option.disabled}
                      onSelect={() => pick(option.value)}
                      className="flex min-h-11 items-center gap-2 rounded-md px-2 data-[disabled=true]:opacity-50 data-[selected=true]:bg-active sm:min-h-7.5"
                    >
                      <Check
                        aria-hidden
                        className={cn("size-3.5 shrink-0", option.value !== value && "invisible")}
                      />
                      <span className={cn("min-w-0 flex-1 truncate", mono && "mono")}>{option.label}</span>
                      {option.hint === undefined ? null : (
                        <span className="shrink-0 text-sm text-fg-3">{option.hint}</span>
                      )}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
              {customLabel !== undefined && typed.trim() !== "" ? (
                <Command.Item
                  forceMount
                  value={`custom ${typed}`}
                  onSelect={() => pick(typed.trim())}
                  className="flex min-h-11 items-center rounded-md px-2 pl-7.5 data-[selected=true]:bg-active sm:min-h-7.5"
                >
                  {customLabel(typed.trim())}
                </Command.Item>
              ) : null}
            </Command.List>
          </Command>
        </PopoverPrimitive.Content>
      </PopoverPrimitive.Portal>
    </PopoverPrimitive.Root>
  );
}
