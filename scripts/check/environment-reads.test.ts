import { expect, test } from "vitest";
import { environmentReads } from "./environment-reads.ts";
import { parseSource } from "./parse-source.ts";

const found = (path: string, text: string) =>
  environmentReads([parseSource(path, text)]).map(({ line }) => line);

test("a reader of the environment outside lib/env.ts is found", () => {
  expect(found("lib/server/x.ts", "const a = 1;\nconst b = process.env.PORT;")).toEqual([2]);
  expect(found("app/page.tsx", "const { PORT } = process.env;")).toEqual([1]);
});

test("lib/env.ts, scripts, tests, configuration, comments and NODE_ENV pass", () => {
  for (const path of ["lib/env.ts", "scripts/x.ts", "tests/x.ts", "lib/x.test.ts", "next.config.ts"]) {
    expect(found(path, "const b = process.env.PORT;")).toEqual([]);
  }
  expect(found("proxy.ts", "// process.env.PORT\nconst dev = process.env.NODE_ENV;")).toEqual([]);
});
