import { expect, test } from "vitest";
import { arrows } from "./arrows.ts";
import { parseSource } from "./parse-source.ts";

const found = (path: string, text: string) => arrows([parseSource(path, text)]).map(({ line }) => line);

test("an import against the arrows is found, with its line", () => {
  expect(
    found("lib/runtime/run-agent.ts", `import "./x.ts";\nimport { run } from "#lib/db/runs.ts";`),
  ).toEqual([2]);
  expect(found("lib/db/runs.ts", `import { start } from "../server/start-run.ts";`)).toEqual([1]);
  expect(found("components/chat/turn.tsx", `import { prisma } from "#lib/db/prisma.ts";`)).toEqual([1]);
  expect(found("agents/guide.ts", `import { log } from "#lib/server/log.ts";`)).toEqual([1]);
});

test("types, lazy imports and workers are imports, too", () => {
  expect(found("lib/core/x.ts", `import type { Run } from "#lib/db/runs.ts";`)).toEqual([1]);
  expect(found("lib/core/x.ts", `const x = await import("#lib/db/runs.ts");`)).toEqual([1]);
  expect(found("lib/core/x.ts", `new Worker(new URL("../db/worker.ts", import.meta.url));`)).toEqual([1]);
  expect(found("lib/core/x.ts", `export { x } from "#lib/db/runs.ts";`)).toEqual([1]);
});

test("the core imports no package but zod, not even Node's own", () => {
  expect(found("lib/core/x.ts", `import { z } from "zod";\nimport fs from "node:fs";`)).toEqual([2]);
});

test("nothing of the product imports scripts or tests", () => {
  expect(found("lib/server/x.ts", `import "#scripts/serve.ts";\nimport "#tests/support/x.ts";`)).toEqual([
    1, 2,
  ]);
});

test("only the stores use the generated client", () => {
  expect(found("lib/server/x.ts", `import { PrismaClient } from "#prisma/generated/client.ts";`)).toEqual([
    1,
  ]);
  expect(
    found("lib/db/prisma.ts", `import { PrismaClient } from "../../prisma/generated/client.ts";`),
  ).toEqual([]);
});

test("a contract knows no server", () => {
  expect(found("lib/api/contracts/run.ts", `import { route } from "../route.ts";`)).toEqual([1]);
});

test("a file outside every room is found", () => {
  expect(found("lib/somewhere/x.ts", "export const x = 1;")).toEqual([undefined]);
});

test("imports along the arrows, and of tests, pass", () => {
  expect(
    found("lib/server/x.ts", `import "#lib/db/runs.ts"; import "#agents/index.ts"; import "node:fs";`),
  ).toEqual([]);
  expect(found("lib/core/x.test.ts", `import "#lib/db/runs.ts";`)).toEqual([]);
  expect(found("proxy.ts", `import "#lib/server/x.ts";`)).toEqual([]);
});
