import { MOST_CATCH_UPS } from "#lib/core/plan-firings.ts";
import type { CatchUpPolicy, OverlapPolicy } from "#lib/core/schedule.ts";

/** What the overlap policies mean, in the order of the form. */
export const OVERLAP_OPTIONS: readonly { value: OverlapPolicy; label: string }[] = [
  { value: "skip", label: "Leave this time out" },
  { value: "queue", label: "Wait, then run" },
  { value: "parallel", label: "Run beside it" },
];

/** What the catch-up policies mean, in the order of the form. */
export const CATCH_UP_OPTIONS: readonly { value: CatchUpPolicy; label: string }[] = [
  { value: "once", label: "Run once for all of them" },
  { value: "all", label: `Run each, up to ${MOST_CATCH_UPS}` },
  { value: "skip", label: "Leave them out" },
];
