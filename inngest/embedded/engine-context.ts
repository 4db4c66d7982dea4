import type { FunctionConfig } from "./function-config.ts";
import type { Store } from "./store/store.ts";

/** What the engine's parts share. */
export interface EngineContext {
  store: Store;
  /** The functions that events may start. */
  functions(): readonly FunctionConfig[];
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** From 0 to 1. */
  random(): number;
  /** Tells the scheduler that a call is due in so many milliseconds, 0 for one that is ready. */
  wakeForCall(inMs: number): void;
  /** Tells the scheduler that a timer is due in so many milliseconds. */
  wakeForTimer(inMs: number): void;
}
