import type { JsonObject, JsonValue } from "../core/json.ts";
import { storableJson, storableText } from "../core/storable-json.ts";
import type { SessionStateHandle } from "../core/tool.ts";

/** The session's state during one run. Tools change it through handles that end with their call. */
export class SessionState {
  #state: JsonObject;
  #changed = false;

  constructor(initial: JsonObject) {
    this.#state = initial;
  }

  /** The state now. It is replaced, never changed in place. */
  get current(): JsonObject {
    return this.#state;
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
      get: () => structuredClone(this.#state),
      set: (key: string, value: JsonValue) => {
        const entries = Object.entries(this.#state).filter(([name]) => name !== key);
        replace(Object.fromEntries([...entries, [storableText(key), storableJson(value).value]]));
      },
      delete: (key: string) => {
        replace(Object.fromEntries(Object.entries(this.#state).filter(([name]) => name !== key)));
      },
    };
  }
}
