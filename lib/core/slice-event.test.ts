import { expect, it } from "vitest";
import type { JournalEvent } from "./journal.ts";
import { sliceEvent } from "./slice-event.ts";

const row: JournalEvent = {
  rootRunId: "r",
  runId: "r",
  index: 3,
  lastIndex: 5,
  schemaVersion: 1,
  createdAtMs: 0,
  body: { type: "RunContent", content: "one two three", content_type: "str", cuts: [4, 8, 13] },
};

it("drops the pieces before the cursor and moves the reader to the row's last index", () => {
  expect(sliceEvent(row, 3)).toEqual({
    ...row,
    index: 4,
    body: { type: "RunContent", content: "two three", content_type: "str", cuts: [4, 9] },
  });
  expect(sliceEvent(row, 4)).toEqual({
    ...row,
    index: 5,
    body: { type: "RunContent", content: "three", content_type: "str" },
  });
});

it("leaves a row alone that lies wholly after the cursor, and gives nothing of one before it", () => {
  expect(sliceEvent(row, 2)).toBe(row);
  expect(sliceEvent(row, 5)).toBeNull();
});
