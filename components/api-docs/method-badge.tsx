import { cn } from "#components/ui/class-names.ts";

const STYLES: Record<string, string> = {
  GET: "text-fg-2 ring-line",
  POST: "bg-accent-soft text-accent-text ring-accent-line",
  DELETE: "text-fg ring-control",
};

/** An HTTP method as a chip. */
export function MethodBadge({ method }: { method: string }) {
  return (
    <span
      className={cn(
        "mono inline-flex h-5 w-15 shrink-0 items-center justify-center rounded-sm text-xs ring-1 ring-inset",
        STYLES[method] ?? "text-fg ring-line",
      )}
    >
      {method}
    </span>
  );
}
