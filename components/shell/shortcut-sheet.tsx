"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import { KeyCaps } from "./key-caps.tsx";
import type { Shortcut } from "./shortcut-context.ts";

const GROUPS = ["Go to", "Do", "On this page"] as const;

interface ShortcutSheetProps {
  /** The keys that work now; null while the sheet is closed. */
  shortcuts: readonly Shortcut[] | null;
  onClose: () => void;
  singleKeys: boolean;
  onSingleKeysChange: (enabled: boolean) => void;
}

/** The list of the keys that work on this page, with a switch for those of a single key. */
export function ShortcutSheet({ shortcuts, onClose, singleKeys, onSingleKeysChange }: ShortcutSheetProps) {
  // Of two with the same keys the one that came later works: the page's own before the shell's.
  const working = [...new Map((shortcuts ?? []).map((shortcut) => [shortcut.keys, shortcut])).values()];
  return (
    <Dialog open={shortcuts !== null} onOpenChange={onClose} title="Keyboard" width={560}>
      <div className="gap-8 pb-4 sm:columns-2">
        {GROUPS.map((group) => {
          const members = working.filter((shortcut) => shortcut.group === group);
          if (members.length === 0) return null;
          return (
            <section key={group} className="mb-4 break-inside-avoid">
              <h3 className="text-sm font-normal text-fg-3">{group}</h3>
              <dl>
                {members.map((shortcut) => (
                  <div
                    key={shortcut.keys}
                    className="flex h-7.5 items-center justify-between border-b border-line"
                  >
                    <dt>{shortcut.label}</dt>
                    <dd>
                      <KeyCaps keys={shortcut.keys} />
                      <span className="sr-only">{shortcut.keys}</span>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <SwitchField
        label="Single-key shortcuts"
        hint="They rest while you type. Combinations with Cmd or Ctrl always work."
        checked={singleKeys}
        onCheckedChange={onSingleKeysChange}
      />
    </Dialog>
  );
}
