import { expect, test } from "vitest";
import { durableEventSchema } from "./durable-event.ts";
import { durableEventId } from "./durable-event-id.ts";

const ended = (generation?: number) =>
  durableEventId(
    durableEventSchema.parse({
      name: "gatehouse/run.ended",
      data: { organizationId: "org_1", runId: "r", ...(generation === undefined ? {} : { generation }) },
    }),
  );

test("an end that is told twice is one event; the end of a run that failed and went on is another", () => {
  expect(ended(2)).toBe(ended(2));
  expect(ended(3)).not.toBe(ended(2));
});

test("an end that an earlier version wrote down is still read", () => {
  expect(ended()).toBe(ended(0));
});
