import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { markBuildInUse } from "../server/mark-build-in-use.ts";
import { pruneBuilds } from "./prune-builds.mjs";

const directory = mkdtempSync(path.join(tmpdir(), "gatehouse-builds-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("of the old builds the latest three stay, and any that a living server uses", () => {
  const names = ["1", "2", "3", "4", "5", "6"].map((digit) => `.next-${digit.repeat(12)}`);
  for (const name of names) mkdirSync(path.join(directory, name));
  mkdirSync(path.join(directory, ".next"));
  const [used = "", left = "", present = ""] = names;
  markBuildInUse(path.join(directory, used));
  mkdirSync(path.join(directory, left, "users"));
  writeFileSync(path.join(directory, left, "users", "999999999"), "");
  for (const [age, name] of names.toReversed().entries()) {
    utimesSync(path.join(directory, name), new Date(), new Date(Date.now() - age * 1000));
  }
  pruneBuilds(directory, present);
  expect(readdirSync(directory).sort()).toEqual([".next", ...names.filter((name) => name !== left)]);
});
