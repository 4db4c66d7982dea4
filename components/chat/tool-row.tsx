"use client";

import { ChevronDown, ChevronRight, Wrench } from "lucide-react";
import { useId, useState } from "react";
import { formatDuration } from "#lib/core/format-duration.ts";
import type { ToolState } from "#lib/core/run-view.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { Badge } from "../ui/badge.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Status, type StatusKind } from "../ui/status.tsx";
import { toolSummary } from "./tool-summary.ts";
import { ValueList } from "./value-list.tsx";

const STATUS_KINDS: Record<ToolState, StatusKind> = {
  waiting: "needs",
  decided: "queued",
  running: "running",
  refused: "cancelled",
  failed: "failed",
  done: "done",
};

const NO_RESULT: Partial<Record<ToolState, string>> = {
  waiting: "Waits for a decision",
  decided: "About to run",
  running: "Still running",
  refused: "Refused",
};

interface ToolRowProps {
  tool: ToolExecution;
  state: ToolState;
  /** True for tools that change something outside. */
  writes: boolean;
}

/** One tool call: its name, what came of it in a line, its time; open, its arguments and result side by side. */
export function ToolRow({ tool, state, writes }: ToolRowProps) {
  const [open, setOpen] = useState(false);
  const panelId = useId();
  const Chevron = open ? ChevronDown : ChevronRight;
  const durationMs = tool.metrics === null ? null : tool.metrics.duration * 1_000;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 w-full items-center gap-2 px-3 text-left hover:bg-hover sm:min-h-9"
      >
        <Wrench aria-hidden className="size-3.5 shrink-0 text-fg-3" />
        <span className="shrink-0 font-mono text-sm">{tool.tool_name}</span>
        {writes ? <Badge variant="strong">write</Badge> : null}
        <span className={`min-w-0 flex-1 truncate ${state === "failed" ? "text-failed-text" : "text-fg-2"}`}>
          {toolSummary(tool, state)}
        </span>
        {durationMs === null ? null : (
          <span className="shrink-0 text-sm text-fg-3 tabular-nums">{formatDuration(durationMs)}</span>
        )}
        <Status kind={STATUS_KINDS[state]} iconOnly />
        <Chevron aria-hidden className="size-3.5 shrink-0 text-fg-3" />
      </button>
      {open ? (
        <div id={panelId} className="grid gap-x-6 gap-y-3 px-3 pt-1 pb-3 sm:grid-cols-2 sm:pl-8.5">
          <section aria-label="Arguments" className="min-w-0">
            <PanelHead title="Arguments" copy={JSON.stringify(tool.tool_args, null, 2)} />
            <ValueList value={tool.tool_args} />
          </section>
          <section aria-label="Result" className="min-w-0">
            <PanelHead title={state === "failed" ? "Error" : "Result"} copy={tool.result} />
            {tool.result === null ? (
              <p className="text-fg-3">{NO_RESULT[state] ?? "No result"}</p>
            ) : (
              <ValueList value={parsed(tool.result)} />
            )}
          </section>
        </div>
      ) : null}
    </div>
  );
}

function PanelHead({ title, copy }: { title: string; copy: string | null }) {
  return (
    <div className="flex h-7 items-center justify-between text-sm text-fg-3">
      {title}
      {copy === null ? null : <CopyButton text={copy} label={`Copy ${title.toLowerCase()}`} />}
    </div>
  );
}

function parsed(result: string): unknown {
  try {
    return JSON.parse(result) as unknown;
  } catch {
    return result;
  }
}
