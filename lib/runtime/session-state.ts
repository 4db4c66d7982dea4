import type { JsonObject, JsonValue } from "../core/json.ts";
import { storableJson, storableText } from "../core/storable-json.ts";
import type { SessionStateHandle } from "../core/tool.ts";
import { isTransientKey, savedState } from "../core/transient-state.ts";

/** The session's state during one run. Tools change it through handles that end with their call. */
export class SessionState {
  readonly #transient: JsonObject;
  #state: JsonObject;
  #changed = false;

  /** `transient` is what readers see beside the state, and nobody saves. */
  constructor(initial: JsonObject, transient: JsonObject = {}) {
    this.#state = savedState(initial);
    this.#transient = transient;
  }

  /** The state now, as it is saved. It is replaced, never changed in place. */
  get current(): JsonObject {
    return this.#state;
  }

  /** The state as templates and tools see it. */
  get seen(): JsonObject {
    return { ...this.#state, ...this.#transient };
  }

  /** The state if it has changed since the last call of this, else null. */
  takeChanged(): JsonObject | null {
    const changed = this.#changed ? this.#state : null;
    this.#changed = false;
    return changed;
  }

  /** A handle for one tool call; after `isOver` a change throws, for nobody would save it. */
  handle(isOver: () => boolean): SessionStateHandle {
    const replace = (state: JsonObject) => {
      if (isOver())
        throw new Error("The tool call is over; the session's state can no longer be changed by it.");
      this.#state = state;
      this.#changed = true;
    };
    return {
      get: () => structuredClone(this.seen),
      set: (key: string, value: JsonValue) => {
        refuseTransient(key);
        const entries = Object.entries(this.#state).filter(([name]) => name !== key);
        replace(Object.fromEntries([...entries, [storableText(key), storableJson(value).value]]));
      },
      delete: (key: string) => {
        refuseTransient(key);
        replace(Object.fromEntries(Object.entries(this.#state).filter(([name]) => name !== key)));
      },
    };
  }
}

function refuseTransient(key: string): void {
  if (isTransientKey(key)) throw new Error(`${key} says which run this is; it cannot be changed.`);
}
