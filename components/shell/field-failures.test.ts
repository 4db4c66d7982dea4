import { expect, test } from "vitest";
import { ApiError } from "#lib/client/api-error.ts";
import { fieldFailures } from "./field-failures.ts";

test("a 422 names the control that it is about", () => {
  const error = new ApiError(422, [
    { type: "too_big", loc: ["body", "config", "temperature"], msg: "Too high." },
    { type: "custom", loc: ["body", "config", "model", "id"], msg: "Unknown model." },
  ]);
  expect(fieldFailures(error, ["body", "config"])).toEqual([
    { path: "temperature", message: "Too high." },
    { path: "model.id", message: "Unknown model." },
  ]);
});

test("an error without a list of fields names none", () => {
  expect(fieldFailures(new ApiError(409, "Taken."), ["body"])).toEqual([]);
  expect(fieldFailures(new ApiError(422, "A sentence."), ["body"])).toEqual([]);
  expect(fieldFailures(new TypeError("fetch failed"), ["body"])).toEqual([]);
});
