"use client";

import { Command } from "cmdk";
import { Bot, CalendarPlus, Cpu, LogOut, MessageSquarePlus, MessagesSquare, Plus } from "lucide-react";
import { useTheme } from "next-themes";
import { Dialog as DialogPrimitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { overlayStyle } from "#components/ui/dialog.tsx";
import { matchWords } from "#components/ui/match-words.ts";
import { KeyCaps } from "./key-caps.tsx";
import { useGo } from "./leave-guard-context.ts";
import { NAVIGATION, pageHref } from "./navigation.ts";
import { useShell } from "./shell-context.ts";
import { signOutHere } from "./sign-out-here.ts";
import { THEME_OPTIONS } from "./theme-options.tsx";
import { usePaletteSearch } from "./use-palette-search.ts";

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

interface EntryProps {
  value: string;
  icon: ReactNode;
  label: string;
  hint?: string;
  keys?: string;
  /** Found by the server, so it stays whatever was typed. */
  found?: boolean;
  onSelect: () => void;
}

function Entry({ value, icon, label, hint, keys, found = false, onSelect }: EntryProps) {
  return (
    <Command.Item
      value={value}
      keywords={[label]}
      forceMount={found}
      onSelect={onSelect}
      className="flex h-11 items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-active sm:h-8.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-fg-3"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {hint === undefined ? null : <span className="shrink-0 text-sm text-fg-3">{hint}</span>}
      {keys === undefined ? null : <KeyCaps keys={keys} />}
    </Command.Item>
  );
}

const groupStyle =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-3";

/** Search, jump, act: pages, agents, sessions and what one can do, from the keyboard. */
export function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  const navigate = useGo();
  const { organization, user } = useShell();
  const canAdminister = user.role !== "member";
  const { setTheme } = useTheme();
  const [typed, setTyped] = useState("");
  const { agents, sessions, sessionsFor } = usePaletteSearch(open, typed);
  const isFound = sessionsFor !== "" && sessionsFor === typed.trim();

  function leave(action: () => void) {
    onOpenChange(false);
    setTyped("");
    action();
  }
  const go = (path: string) => () => leave(() => navigate(pageHref(organization.slug, path)));

  return (
    <DialogPrimitive.Root open={open} onOpenChange={onOpenChange}>
      <DialogPrimitive.Portal>
        <DialogPrimitive.Overlay className={overlayStyle} />
        <DialogPrimitive.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-full max-w-[min(600px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-2xl border border-line-2 bg-raised shadow-2 outline-none duration-120 data-[state=open]:animate-in data-[state=open]:fade-in-0"
        >
          <DialogPrimitive.Title className="sr-only">Search or jump to</DialogPrimitive.Title>
          <Command
            label="Search or jump to"
            filter={(value, sought, keywords = []) => matchWords([value, ...keywords].join(" "), sought)}
            loop
          >
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder="Search or jump to"
              className="h-12 w-full border-b border-line px-4 text-[16px] outline-none sm:text-md"
            />
            <Command.List className="max-h-[min(420px,60dvh)] overflow-y-auto p-1.5 pt-0">
              <Command.Empty className="px-2.5 py-4 text-fg-3">
                {sessionsFor === typed.trim() ? "Nothing has that name." : "Searching…"}
              </Command.Empty>
              <Command.Group heading="Actions" className={groupStyle}>
                <Entry
                  value="action chat"
                  icon={<MessageSquarePlus />}
                  label="New chat"
                  keys="c"
                  onSelect={go("/chat")}
                />
                {canAdminister ? (
                  <>
                    <Entry
                      value="action agent"
                      icon={<Plus />}
                      label="New agent"
                      onSelect={go("/agents/new")}
                    />
                    <Entry
                      value="action schedule"
                      icon={<CalendarPlus />}
                      label="New schedule"
                      onSelect={go("/schedules/new")}
                    />
                    <Entry
                      value="action model"
                      icon={<Cpu />}
                      label="Connect a model"
                      onSelect={go("/models?add=openai")}
                    />
                  </>
                ) : null}
              </Command.Group>
              <Command.Group heading="Pages" className={groupStyle}>
                {NAVIGATION.map((item) => (
                  <Entry
                    key={item.label}
                    value={`page ${item.label}`}
                    icon={<item.icon />}
                    label={item.label}
                    keys={item.keys}
                    onSelect={go(item.path)}
                  />
                ))}
              </Command.Group>
              {agents.length === 0 ? null : (
                <Command.Group heading="Agents" className={groupStyle}>
                  {agents.map((agent) => (
                    <Entry
                      key={agent.id}
                      value={`agent ${agent.id}`}
                      icon={<Bot />}
                      label={agent.name}
                      onSelect={go(`/agents/${encodeURIComponent(agent.id)}`)}
                    />
                  ))}
                </Command.Group>
              )}
              {sessions.length === 0 ? null : (
                <Command.Group
                  heading={isFound ? "Sessions" : "Recent sessions"}
                  className={groupStyle}
                  forceMount={isFound}
                >
                  {sessions.map((session) => (
                    <Entry
                      key={session.id}
                      value={`session ${session.id}`}
                      icon={<MessagesSquare />}
                      label={session.name}
                      hint={session.agent}
                      found={isFound}
                      onSelect={go(`/sessions/${encodeURIComponent(session.id)}`)}
                    />
                  ))}
                </Command.Group>
              )}
              <Command.Group heading="Theme and account" className={groupStyle}>
                {THEME_OPTIONS.map((option) => (
                  <Entry
                    key={option.value}
                    value={`theme ${option.value}`}
                    icon={option.icon}
                    label={`${option.label} theme`}
                    onSelect={() => leave(() => setTheme(option.value))}
                  />
                ))}
                <Entry
                  value="sign out"
                  icon={<LogOut />}
                  label="Sign out"
                  onSelect={() => leave(signOutHere)}
                />
              </Command.Group>
            </Command.List>
          </Command>
        </DialogPrimitive.Content>
      </DialogPrimitive.Portal>
    </DialogPrimitive.Root>
  );
}
