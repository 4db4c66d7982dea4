import { expect, test } from "vitest";
import { runTarget } from "./run-target.ts";

test("what an endpoint runs is read from its path", () => {
  expect(runTarget("POST", "/agents/web-reader/runs")).toEqual({ kind: "agents", id: "web-reader" });
  expect(runTarget("POST", "/teams/desk/runs/")).toEqual({ kind: "teams", id: "desk" });
  expect(runTarget("POST", "/agents/%zz/runs?version=2")).toEqual({ kind: "agents", id: "%zz" });
  expect(runTarget("GET", "/agents/web-reader/runs")).toBeNull();
  expect(runTarget("POST", "/agents/web-reader/runs/1/cancel")).toBeNull();
  expect(runTarget("POST", "/sessions")).toBeNull();
});
