import { describe, expect, it } from "vitest";
import type { JsonObject } from "#lib/core/json.ts";
import type { ToolContext } from "#lib/core/tool.ts";
import { getSessionState } from "./get-session-state.ts";
import { setSessionState } from "./set-session-state.ts";

function contextWith(state: JsonObject): ToolContext {
  const sessionState: ToolContext["sessionState"] = {
    get: () => state,
    set: (key, value) => {
      state[key] = value;
    },
    delete: (key) => {
      delete state[key];
    },
  };
  return { sessionState } as ToolContext;
}

describe("the session's state", () => {
  it("remembers, reads back and forgets", async () => {
    const context = contextWith({});
    await setSessionState.execute({ key: "boat", value: { name: "Halcyon" } }, context);
    expect(await getSessionState.execute({ key: "boat" }, context)).toEqual({
      key: "boat",
      value: { name: "Halcyon" },
    });
    await setSessionState.execute({ key: "boat", value: null }, context);
    expect(await getSessionState.execute({}, context)).toEqual({});
  });

  it("does not read what every object inherits", async () => {
    const found = await getSessionState.execute({ key: "constructor" }, contextWith({}));
    expect(found).toEqual({ key: "constructor", value: null });
  });

  it("does not grow without bound", () => {
    const context = contextWith({});
    expect(() => setSessionState.execute({ key: "big", value: "x".repeat(200_000) }, context)).toThrow(
      "at most",
    );
  });
});
