import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  Hand,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
} from "lucide-react";
import { cn } from "./class-names.ts";

export type StatusKind =
  | "queued"
  | "running"
  | "needs"
  | "waiting"
  | "done"
  | "failed"
  | "unknown"
  | "cancelled";

interface Look {
  word: string;
  icon: LucideIcon;
  text: string;
  solid: string;
  tag: string;
}

const NEUTRAL_TAG = "bg-cancelled-soft text-cancelled-text ring-cancelled-line";
const NEEDS_TAG = "bg-needs-soft text-needs-text ring-needs-line";

const LOOK: Record<StatusKind, Look> = {
  queued: {
    word: "Queued",
    icon: CircleDashed,
    text: "text-cancelled-text",
    solid: "text-cancelled",
    tag: NEUTRAL_TAG,
  },
  running: {
    word: "Running",
    icon: LoaderCircle,
    text: "font-medium text-running-text",
    solid: "animate-spin text-running",
    tag: "bg-running-soft text-running-text ring-running-line",
  },
  needs: {
    word: "Needs you",
    icon: Hand,
    text: "font-medium text-needs-text",
    solid: "text-needs",
    tag: NEEDS_TAG,
  },
  waiting: {
    word: "Waiting",
    icon: CirclePause,
    text: "font-medium text-needs-text",
    solid: "text-needs",
    tag: NEEDS_TAG,
  },
  done: {
    word: "Done",
    icon: CircleCheck,
    text: "text-fg-2",
    solid: "text-ok",
    tag: "bg-ok-soft text-ok-text ring-ok-line",
  },
  failed: {
    word: "Failed",
    icon: OctagonX,
    text: "font-medium text-failed-text",
    solid: "text-failed",
    tag: "bg-failed-soft text-failed-text ring-failed-line",
  },
  unknown: {
    word: "Unknown effect",
    icon: CircleQuestionMark,
    text: "font-medium text-unknown-text",
    solid: "text-unknown",
    tag: "bg-unknown-soft text-unknown-text ring-unknown-line",
  },
  cancelled: {
    word: "Cancelled",
    icon: Ban,
    text: "text-cancelled-text",
    solid: "text-cancelled",
    tag: NEUTRAL_TAG,
  },
};

interface StatusProps {
  kind: StatusKind;
  /** Other words than the usual ones ("Writing", "Waiting for finance"). */
  label?: string;
  /** With background and edge, for headers. */
  tag?: boolean;
  /** The icon alone, its words for screen readers only. */
  iconOnly?: boolean;
  className?: string;
}

/** Icon and word; seven states have seven shapes, so that colour is never alone. */
export function Status({ kind, label, tag = false, iconOnly = false, className }: StatusProps) {
  const look = LOOK[kind];
  const Icon = look.icon;
  const word = label ?? look.word;
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 align-middle whitespace-nowrap",
        tag ? cn("h-5.5 rounded-[5px] pr-2 pl-1.5 font-medium ring-1 ring-inset", look.tag) : look.text,
        className,
      )}
      title={iconOnly ? word : undefined}
    >
      <Icon
        aria-hidden
        strokeWidth={2}
        className={cn("shrink-0", tag ? "size-3.5" : "size-[15px]", look.solid)}
      />
      <span className={iconOnly ? "sr-only" : undefined}>{word}</span>
    </span>
  );
}
