"use client";

import { ArrowUp, ChevronDown, ChevronUp, Square } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import type { JsonObject } from "#lib/core/json.ts";
import { fieldFailures } from "../shell/field-failures.ts";
import { KeyCaps } from "../shell/key-caps.tsx";
import { cn } from "../ui/class-names.ts";
import { Button } from "../ui/button.tsx";
import { Elapsed } from "./elapsed.tsx";
import { messageFields } from "./message-fields.ts";
import { MessageInput, type MessageTexts } from "./message-input.tsx";
import { fieldAt, readMessageFields } from "./read-message-fields.ts";

interface FormComposerProps {
  agentName: string;
  schema: JsonObject;
  busy: boolean;
  waiting: boolean;
  reconnecting: boolean;
  startedAtMs: number | null;
  /** Something was asked already: the form is folded until it is wanted again. */
  folded: boolean;
  /** Sends the message. `onRefused` takes it back when it returns true. */
  onSend: (message: string, onRefused: (error: unknown) => boolean) => void;
  onStop: () => void;
}

/** Where a message is filled in that has to be a JSON object: one field for each of the schema's. */
export function FormComposer(props: FormComposerProps) {
  const { agentName, schema, busy, waiting, reconnecting, startedAtMs, folded, onSend, onStop } = props;
  const fields = useMemo(() => messageFields(schema), [schema]);
  const [wanted, setWanted] = useState(!folded);
  const [problem, setProblem] = useState<string | null>(null);
  const initial = useMemo(() => ({ texts: fields.map((field) => ({ text: field.initial })) }), [fields]);
  const form = useForm<MessageTexts>({ defaultValues: initial });
  const isOpen = wanted && !busy;

  useEffect(() => {
    if (!busy || waiting) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onStop();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [busy, waiting, onStop]);

  function refuse(problems: readonly { at: number; message: string }[]) {
    for (const [index, { at, message }] of problems.entries()) {
      form.setError(`texts.${at}.text`, { message }, { shouldFocus: index === 0 });
    }
  }

  const submit = form.handleSubmit(({ texts }) => {
    const typed = texts.map(({ text }) => text);
    const { values, problems } = readMessageFields(schema, fields, typed);
    refuse(problems);
    if (problems.length > 0) return;
    setProblem(null);
    setWanted(false);
    form.reset(initial);
    onSend(JSON.stringify(values), (error) => {
      const failures = fieldFailures(error, ["body", "message"]);
      if (failures.length === 0) return false;
      // What was refused is typed already: it comes back with what is wrong beside it.
      form.reset({ texts });
      setWanted(true);
      const placed = failures.map(({ path, message }) => ({ at: fieldAt(fields, path.split(".")), message }));
      const elsewhere = placed.find(({ at }) => at < 0);
      setProblem(elsewhere === undefined ? null : elsewhere.message);
      setTimeout(() => refuse(placed.filter(({ at }) => at >= 0)));
      return true;
    });
  });

  return (
    <form
      aria-label={`Message ${agentName}`}
      noValidate
      className="mx-auto w-full max-w-[792px] px-4 pb-3 sm:px-6"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        void submit();
      }}
    >
      <p role="status" className="h-6 truncate text-sm text-fg-2">
        {reconnecting ? "Connection lost. The run goes on. Reconnecting…" : (problem ?? "")}
      </p>
      <div className="rounded-xl border border-control bg-raised shadow-1">
        {isOpen ? (
          <div className="flex max-h-[50vh] flex-col gap-3.5 overflow-y-auto px-3.5 py-3">
            {fields.length === 0 ? (
              <p className="text-fg-2">This agent takes a message without fields.</p>
            ) : null}
            {groupsOf(fields).map(({ title, from, to }) =>
              title === null ? (
                inputs(from, to)
              ) : (
                <fieldset key={title} className="flex min-w-0 flex-col gap-3.5 border-l border-line pl-3.5">
                  <legend className="float-left mb-2 w-full text-sm font-semibold">{title}</legend>
                  {inputs(from, to)}
                </fieldset>
              ),
            )}
          </div>
        ) : null}
        <div className={cn("flex items-center gap-2 p-1.5", isOpen && "border-t border-line")}>
          {busy ? (
            <span className="flex-1 pl-2 text-sm text-fg-3 tabular-nums">
              {startedAtMs === null || waiting ? null : <Elapsed sinceMs={startedAtMs} />}
            </span>
          ) : (
            <Button
              variant="ghost"
              aria-expanded={isOpen}
              onClick={() => setWanted(!wanted)}
              className="mr-auto"
            >
              {isOpen ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
              {isOpen ? "Fold" : "Fill in a message"}
            </Button>
          )}
          {busy ? (
            <Button onClick={onStop}>
              <Square aria-hidden className="size-3 fill-current" />
              {waiting ? "Cancel run" : "Stop"}
            </Button>
          ) : isOpen ? (
            <Button type="submit" variant="primary">
              <ArrowUp aria-hidden />
              Send
              <KeyCaps keys="mod+enter" />
            </Button>
          ) : null}
        </div>
      </div>
    </form>
  );

  function inputs(from: number, to: number) {
    return fields
      .slice(from, to)
      .map((field, index) => (
        <MessageInput
          key={field.path.join(".")}
          field={field}
          at={from + index}
          control={form.control}
          autoFocus={from + index === 0}
        />
      ));
  }
}

/** Runs of neighbouring fields that are nested in the same object, or in none. */
function groupsOf(
  fields: readonly { group: string | null }[],
): { title: string | null; from: number; to: number }[] {
  const groups: { title: string | null; from: number; to: number }[] = [];
  for (const [at, { group }] of fields.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && last.title === group) last.to = at + 1;
    else groups.push({ title: group, from: at, to: at + 1 });
  }
  return groups;
}
