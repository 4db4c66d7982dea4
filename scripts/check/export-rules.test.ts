import { expect, test } from "vitest";
import { exportRules } from "./export-rules.ts";
import { parseSource } from "./parse-source.ts";

const found = (path: string, text: string) => exportRules([parseSource(path, text)]);

test("a file that passes on another file's names is found", () => {
  expect(found("lib/core/x.ts", `export * from "./a.ts";\nexport { b } from "./b.ts";`)).toHaveLength(2);
});

test("a default export is found where Next does not ask for one", () => {
  expect(found("lib/core/x.ts", "export default function x() {}")).toHaveLength(1);
  expect(found("app/api/x/route.ts", "export default function x() {}")).toHaveLength(1);
  expect(found("app/o/[organization]/page.tsx", "export default function Page() {}")).toEqual([]);
});

test("a third verb in a file is found, stores and screens may have several", () => {
  const three = "export function a() {}\nexport const b = () => 1;\nexport class C {}";
  expect(found("lib/server/x.ts", three).map(({ line }) => line)).toEqual([3]);
  expect(found("lib/db/runs.ts", three)).toEqual([]);
  expect(found("lib/server/x.ts", "export function a() {}\nexport type B = 1;\nexport const C = 1;")).toEqual(
    [],
  );
});

test("a name that says nothing is found", () => {
  expect(found("lib/server/utils.ts", "")).toHaveLength(1);
});
