import { cn } from "./class-names.ts";

const COLOUR = {
  ok: "bg-ok",
  running: "bg-running",
  needs: "bg-needs",
  failed: "bg-failed",
  neutral: "bg-cancelled",
} as const;

interface StatusDotProps {
  state: keyof typeof COLOUR;
  /** Say it in words beside the dot; this is for places where there are none. */
  label?: string;
  className?: string;
}

/** A round dot; never alone, its meaning stands in words beside it or in `label`. */
export function StatusDot({ state, label, className }: StatusDotProps) {
  return (
    <span className={cn("inline-block size-2 shrink-0 rounded-full", COLOUR[state], className)}>
      {label === undefined ? null : <span className="sr-only">{label}</span>}
    </span>
  );
}
