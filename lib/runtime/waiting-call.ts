import type { JsonObject } from "../core/json.ts";
import type { ToolExecution } from "../core/tool-execution.ts";

/** A call of a turn that is not made now: a person is asked about it, or there is no money for it. */
export interface WaitingCall {
  /** Its place among the calls of its turn. */
  position: number;
  asked: ToolExecution;
  /** The arguments that the model gave, where hooks have prepared others. */
  askedArgs?: JsonObject;
}
