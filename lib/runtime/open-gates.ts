import type { Gates } from "./ports.ts";

/** Gates that let every call pass. */
export const OPEN_GATES: Gates = {
  beforeModelCall: () => Promise.resolve(),
  beforeToolCall: () => Promise.resolve(),
};
