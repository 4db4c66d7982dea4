import { cn } from "./class-names.ts";

function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter((word) => word !== "");
  return words
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toUpperCase())
    .join("");
}

/** A round sign with a person's initials; the name stands beside it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-5 shrink-0 place-items-center rounded-full bg-active text-[9px] font-semibold text-fg-2",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
