import { expect, test } from "vitest";
import { sessionQuerySchema, sessionSearch } from "./session-query.ts";

test("an address and its query are the same thing twice", () => {
  const query = sessionQuerySchema.parse({ q: "refund & co", agent: "desk", sort: "created", page: "3" });
  const search = sessionSearch(query, { page: 3 });
  expect(sessionQuerySchema.parse(Object.fromEntries(new URLSearchParams(search)))).toEqual(query);
});

test("nonsense in an address gives the first page of all", () => {
  expect(sessionQuerySchema.parse({ sort: "'; drop", page: "-2", q: ["a", "b"] })).toEqual({
    q: "",
    agent: "",
    sort: "updated",
    order: "desc",
    page: 1,
  });
});

test("another order begins at the first page", () => {
  const query = sessionQuerySchema.parse({ page: "4" });
  expect(sessionSearch(query, { order: "asc" })).toBe("?order=asc");
  expect(sessionSearch(query, {})).toBe("");
});
