import { expect, test } from "vitest";
import { listSessionRunsContract } from "./session.ts";

test("times that no database holds are refused at the door", () => {
  const { query } = listSessionRunsContract;
  for (const time of ["9007199254740991", "-1", "-62135596800000", "1e300", "soon"]) {
    expect(query.safeParse({ created_after: time }).success, time).toBe(false);
    expect(query.safeParse({ created_before: time }).success, time).toBe(false);
  }
  expect(query.parse({ created_after: "0", created_before: "253402300799" })).toMatchObject({
    created_after: 0,
    created_before: 253_402_300_799,
  });
});
