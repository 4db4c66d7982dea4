import { expect, it } from "vitest";
import { inboxQuerySchema, inboxSearch } from "./inbox-query.ts";

it("writes an address that reads back as the same inbox", () => {
  const query = inboxQuerySchema.parse({ tab: "settled", agent: "desk", who: "u1", id: "r1" });
  const search = inboxSearch(query, { id: "r1" });
  expect(inboxQuerySchema.parse(Object.fromEntries(new URLSearchParams(search)))).toEqual(query);
});

it("leaves defaults out and falls back on nonsense", () => {
  const query = inboxQuerySchema.parse({ tab: "never", page: "-1" });
  expect(inboxSearch(query, {})).toBe("");
  expect(inboxSearch({ ...query, page: 3, id: "r1" }, { tool: "take_note" })).toBe("?tool=take_note");
});
