import type { Inngest, InngestFunction } from "inngest";
import type { App } from "./app/start-app.ts";
import type { Engine } from "./engines/engine.ts";
import type { Sighting } from "./witness/sighting.ts";
import type { Witness } from "./witness/witness.ts";
import type { WitnessClient } from "./witness/witness-client.ts";

/** One promise of an Inngest engine, and what shows whether this one keeps it. */
export interface ConformanceCase {
  /** Lower case with hyphens; `--only` takes it. */
  name: string;
  /** One sentence that says what the engine promises. */
  promise: string;
  /** What the engine must allow; where it does not, the case does not apply. */
  needs?: "kill" | "replicas" | "signatures" | "refusals";
  /** Takes a minute or more and is left to the full run. */
  onlyFull?: true;
  /** Disturbs the engine or the app, and therefore runs when nothing else does. */
  alone?: true;
  /** The functions that the suite's app serves for this case. */
  functions?: (tools: FunctionTools) => InngestFunction.Any[];
  /** Drives the functions and rejects when the promise is broken. */
  run(stage: Stage): Promise<void>;
}

/** What the functions of a case are made with, in the app's process. */
export interface FunctionTools {
  inngest: Inngest;
  witness: WitnessClient;
}

/** What a case is driven with, in the suite's process. */
export interface Stage {
  /** Names this run of the case; in the data of each event that `send` sends. */
  key: string;
  inngest: Inngest;
  engine: Engine;
  app: App;
  /** For what happens without an event that has the key. */
  witness: Witness;
  /** Sends `conformance/NAME`, with the key in its data; resolves with the event's id when the engine has it. */
  send: (name: string, data?: Record<string, unknown>, id?: string) => Promise<string>;
  /** What the functions have told the witness under this label so far, the oldest first. */
  seen: (label: string) => Sighting[];
  /** Waits until there are `count` of them, by default one, and gives them all. Rejects after `limitMs`. */
  until: (label: string, count?: number, limitMs?: number) => Promise<[Sighting, ...Sighting[]]>;
  /** Lets the functions go that are held at a gate, and those that come later. */
  open: (gate: string) => void;
  /** Lets time pass in which nothing should happen. */
  settle: (ms: number) => Promise<void>;
  /** Checks once more when all cases have run: what should never happen has not happened until then. */
  atEnd: (check: () => void) => void;
  /** Kills the engine and the app at the same moment, as one process that dies, and starts both again. */
  crash: (options?: { downMs: number }) => Promise<void>;
}
