import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { theme: { shadow: ["1", "2"], text: ["xs", "sm", "base", "md", "lg", "xl", "2xl"] } },
});

/** Joins class names; of two utilities that set the same thing the later one wins. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
