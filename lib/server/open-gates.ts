import type { Gates } from "#lib/runtime/ports.ts";

/** Gates that let every call pass: what holds where no budget, policy or requirement is configured. */
export const OPEN_GATES: Gates = {
  beforeModelCall: () => Promise.resolve(),
  beforeToolCall: () => Promise.resolve(),
};
