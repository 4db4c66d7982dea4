/** Divides two ways of doing the same. */
export function OrLine() {
  return (
    <div className="my-4 flex items-center gap-3 text-sm text-fg-3">
      <span aria-hidden className="h-px flex-1 bg-line" />
      or
      <span aria-hidden className="h-px flex-1 bg-line" />
    </div>
  );
}
