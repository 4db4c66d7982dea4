import { Badge } from "#components/ui/badge.tsx";
import type { ToolEffect } from "#lib/core/tool.ts";

const MEANING: Record<ToolEffect, string> = {
  read: "Changes nothing",
  idempotent: "May be repeated safely",
  write: "Changes something, at most once",
};

/** What a tool does to the world; `write` stands out. */
export function EffectBadge({ effect }: { effect: ToolEffect }) {
  return (
    <Badge variant={effect === "write" ? "strong" : "neutral"} title={MEANING[effect]}>
      {effect}
    </Badge>
  );
}
