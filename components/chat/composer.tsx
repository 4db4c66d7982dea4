"use client";

import { ArrowUp, Paperclip, Square, X } from "lucide-react";
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { useKeptMessage } from "./use-kept-message.ts";
import { Elapsed } from "./elapsed.tsx";
import { Kbd } from "../ui/kbd.tsx";

// The API takes 20 files of 20 MB in one request; saying so here saves an upload that would be refused.
const MOST_FILES = 20;
const LARGEST_FILE_BYTES = 20_000_000;

export const COMPOSER_ID = "composer";

interface ComposerProps {
  agentName: string;
  /** Under which name the message is kept across a reload. */
  draftKey: string;
  busy: boolean;
  /** The answer waits for people: what is sent now is kept until it has ended. */
  waiting: boolean;
  /** The answer is complete, though its run goes on for a moment: what is sent now goes out right after. */
  complete: boolean;
  reconnecting: boolean;
  /** When the question was asked that is being answered; null while none is. */
  startedAtMs: number | null;
  /** The last question, for the arrow-up key. */
  lastQuestion: string | null;
  onSend: (question: string, files: readonly File[]) => void;
  onStop: () => void;
}

/** Where a question is written: Enter sends, Shift Enter breaks the line, Escape stops, files by button, paste or drop. */
export function Composer(props: ComposerProps) {
  const { agentName, draftKey, busy, waiting, complete, reconnecting, startedAtMs, lastQuestion } = props;
  const { onSend, onStop } = props;
  const [message, keep] = useKeptMessage(draftKey);
  const { text } = message;
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  /** Files do not outlive a reload; what they belonged to waits for its writer then. */
  const lostFiles = message.fileCount > files.length;
  /** Sent while the answer before it waits: goes out when that has ended. */
  const later = message.later && !lostFiles;
  const input = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const keeps = waiting || complete;
  const canSend = (!busy || complete) && text.trim() !== "";
  const note = later
    ? "Kept. It is sent when the answer has ended."
    : lostFiles
      ? "Its files are not kept across a reload. Attach them again."
      : "";

  useEffect(() => {
    const area = input.current;
    if (area === null) return;
    const fit = () => {
      // Measured from one line up, or a deleted line would leave its height behind. Empty text has the height of a line.
      area.style.height = "auto";
      if (text !== "") area.style.height = `${Math.min(area.scrollHeight, 240)}px`;
    };
    fit();
    window.addEventListener("resize", fit);
    return () => window.removeEventListener("resize", fit);
  }, [text]);

  useEffect(() => {
    if (!busy || keeps) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onStop();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [busy, keeps, onStop]);

  const trimmed = text.trim();
  useEffect(() => {
    if (!later || busy) return;
    const timer = setTimeout(() => {
      keep({ text: "", later: false, fileCount: 0 });
      setFiles([]);
      onSend(trimmed, files);
    });
    return () => clearTimeout(timer);
  }, [later, busy, trimmed, files, onSend, keep]);

  function add(added: readonly File[]) {
    const tooLarge = added.find((file) => file.size > LARGEST_FILE_BYTES);
    if (tooLarge !== undefined) {
      setProblem(`${tooLarge.name} is larger than 20 MB and was not added.`);
      return;
    }
    if (files.length + added.length > MOST_FILES) {
      setProblem(`A message takes ${MOST_FILES} files at most.`);
      return;
    }
    setProblem(null);
    putFiles([...files, ...added]);
  }

  function putFiles(next: readonly File[]) {
    setFiles(next);
    keep({ fileCount: next.length });
  }

  function send() {
    if (busy && keeps && trimmed !== "") keep({ later: true, fileCount: files.length });
    if (busy || !canSend) return;
    onSend(trimmed, files);
    keep({ text: "", later: false, fileCount: 0 });
    setFiles([]);
    setProblem(null);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && text === "" && lastQuestion !== null) {
      event.preventDefault();
      keep({ text: lastQuestion });
    }
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    add([...event.clipboardData.files]);
  }

  function onDrop(event: DragEvent<HTMLFormElement>) {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  }

  return (
    <form
      className="mx-auto w-full max-w-[792px] px-4 pb-3 sm:px-6"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <p role="status" className="h-6 truncate text-sm text-fg-2">
        {reconnecting ? "Connection lost. The run goes on. Reconnecting…" : (problem ?? note)}
      </p>
      <div className="flex flex-wrap items-end rounded-xl border border-control bg-raised shadow-1 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
        <div className="relative min-w-0 flex-1 text-[16px] leading-[22px] sm:w-full sm:flex-auto sm:text-md">
          {/* A placeholder of the browser's is cut off without an ellipsis while its field has the focus. */}
          {text === "" ? (
            <span
              aria-hidden
              className="pointer-events-none absolute inset-x-0 top-0 truncate pt-3.5 pl-3 text-fg-3 sm:px-3 sm:pt-2.5"
            >
              {waiting ? "Message for later" : `Message ${agentName}`}
            </span>
          ) : null}
          <textarea
            ref={input}
            id={COMPOSER_ID}
            rows={1}
            autoFocus
            value={text}
            aria-label={`Message ${agentName}`}
            onChange={(event) => {
              keep({ text: event.target.value, later: false, fileCount: files.length });
            }}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            className="block max-h-60 w-full resize-none bg-transparent py-3.5 pl-3 outline-none sm:px-3 sm:pt-2.5 sm:pb-1"
          />
        </div>
        {files.length === 0 ? null : (
          <ul
            aria-label="Files to send"
            className="order-first flex w-full flex-wrap gap-2 px-3 pt-2 sm:order-none sm:pt-1"
          >
            {files.map((file, index) => (
              <li
                key={`${file.name}-${index}`}
                className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-sunken pl-2 text-sm"
              >
                <span className="max-w-48 truncate">{file.name}</span>
                <button
                  type="button"
                  aria-label={`Remove ${file.name}`}
                  onClick={() => putFiles(files.filter((_, other) => other !== index))}
                  className="grid size-7 place-items-center text-fg-3 hover:text-fg"
                >
                  <X aria-hidden className="size-3.5" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <div className="flex shrink-0 items-center gap-1 p-1.5 sm:w-full sm:gap-2">
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="Choose files"
            onChange={(event) => {
              add([...(event.target.files ?? [])]);
              event.target.value = "";
            }}
          />
          <IconButton label="Attach files" side="top" onClick={() => picker.current?.click()}>
            <Paperclip />
          </IconButton>
          <span className="flex-1 text-sm text-fg-3 tabular-nums max-sm:hidden">
            {startedAtMs === null || waiting ? null : <Elapsed sinceMs={startedAtMs} />}
          </span>
          {busy && !complete ? (
            <Button onClick={onStop}>
              <Square aria-hidden className="size-3 fill-current" />
              {waiting ? "Cancel run" : "Stop"}
              {waiting ? null : <Kbd className="hidden sm:inline-flex">Esc</Kbd>}
            </Button>
          ) : (
            <Button type="submit" variant="primary" disabled={!canSend}>
              <ArrowUp aria-hidden />
              Send
            </Button>
          )}
        </div>
      </div>
      <p className="mt-1.5 hidden h-5 items-center justify-end gap-3 text-sm text-fg-3 sm:flex">
        <span>
          <Kbd>↵</Kbd> send
        </span>
        <span>
          <Kbd>Shift</Kbd> <Kbd>↵</Kbd> new line
        </span>
        <span>
          <Kbd>↑</Kbd> edit last
        </span>
      </p>
    </form>
  );
}
