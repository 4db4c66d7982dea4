import { expect, test } from "vitest";
import { cycles } from "./cycles.ts";
import { parseSource } from "./parse-source.ts";

const files = (imports: Record<string, string[]>) =>
  Object.entries(imports).map(([path, targets]) =>
    parseSource(path, targets.map((target) => `import type { X } from "./${target}";`).join("\n")),
  );

test("a circle of files is found once, with its members", () => {
  const found = cycles(files({ "a.ts": ["b.ts"], "b.ts": ["c.ts"], "c.ts": ["a.ts"], "d.ts": ["a.ts"] }));
  expect(found.map(({ message }) => message)).toEqual(["import each other in a circle: a.ts, b.ts, c.ts"]);
});

test("two circles that touch no common file are two findings, and a file that imports itself is one", () => {
  expect(cycles(files({ "a.ts": ["b.ts"], "b.ts": ["a.ts"], "c.ts": ["c.ts"] }))).toHaveLength(2);
});

test("a diamond is no circle", () => {
  expect(cycles(files({ "a.ts": ["b.ts", "c.ts"], "b.ts": ["d.ts"], "c.ts": ["d.ts"], "d.ts": [] }))).toEqual(
    [],
  );
});
