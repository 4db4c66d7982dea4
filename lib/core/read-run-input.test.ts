import { expect, test } from "vitest";
import { AppError } from "./app-error.ts";
import { readRunInput } from "./read-run-input.ts";

const TRIP = {
  type: "object",
  properties: { city: { type: "string" }, days: { type: "integer", default: 3 } },
  required: ["city"],
};

/** The places that a message is refused for. */
function refusedAt(message: string): unknown {
  try {
    return readRunInput(TRIP, message);
  } catch (error) {
    return error instanceof AppError ? error.issues?.map(({ loc }) => loc.join(".")) : error;
  }
}

test("a message that fits is told with the schema's defaults; without a schema any message is told as it is", () => {
  expect(readRunInput(TRIP, '{ "city": "Oslo" }')).toBe('{"city":"Oslo","days":3}');
  expect(readRunInput(undefined, "Hello")).toBe("Hello");
});

test.each(["Oslo", "[]", "null", '"Oslo"'])(
  "%s is refused as a whole: the agent takes an object",
  (message) => {
    expect(refusedAt(message)).toEqual(["body.message"]);
  },
);

test("the fields that do not fit are named", () => {
  expect(refusedAt('{"days":"many"}')).toEqual(["body.message.city", "body.message.days"]);
});
