import { afterEach, describe, expect, it } from "vitest";
import { armFailPoint, failPoint } from "./fail-point.ts";

afterEach(() => armFailPoint(null));

describe("a fail point", () => {
  it("does nothing until it is armed", () => {
    expect(() => failPoint("run-claimed")).not.toThrow();
  });

  it("ends the process at the given passing, and only at its own name", () => {
    let kills = 0;
    armFailPoint({ name: "append-committed", passesLeft: 2, kill: () => void (kills += 1) });
    failPoint("append-committed");
    failPoint("append-before-commit");
    failPoint("append-committed");
    expect(kills).toBe(0);
    failPoint("append-committed");
    expect(kills).toBe(1);
  });
});
