import { LoaderCircle } from "lucide-react";
import { cn } from "./class-names.ts";

/** The one turning shape; still under reduced motion. Say what is under way in words beside it. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-3.5 animate-spin", className)} />;
}
