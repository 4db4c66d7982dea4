import { expect, test } from "vitest";
import { fileSizes } from "./file-sizes.ts";
import { parseSource } from "./parse-source.ts";

const file = (path: string, lines: number) => parseSource(path, "// line\n".repeat(lines));
const small = Array.from({ length: 100 }, (_, index) => file(`lib/core/small-${index}.ts`, 20));

test("a file of more than 400 lines is found, a test too", () => {
  expect(fileSizes([...small, file("lib/core/a.ts", 401)])).toHaveLength(1);
  expect(fileSizes([...small, file("lib/core/a.test.ts", 401)])).toHaveLength(1);
  expect(fileSizes([...small, file("lib/core/a.ts", 400)])).toEqual([]);
});

test("many middling files are found by the 95th percentile and the median", () => {
  const long = Array.from({ length: 6 }, (_, index) => file(`lib/core/long-${index}.ts`, 251));
  expect(fileSizes([...small, ...long])).toHaveLength(1);
  expect(fileSizes([file("lib/core/a.ts", 61), file("lib/core/b.ts", 61)])).toHaveLength(1);
});
