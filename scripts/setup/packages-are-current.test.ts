import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packagesAreCurrent } from "./packages-are-current.mjs";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "gatehouse-packages-"));
  mkdirSync(path.join(directory, "node_modules"));
});

afterEach(() => rmSync(directory, { recursive: true }));

function write(file: string, packages: object) {
  writeFileSync(path.join(directory, file), JSON.stringify({ packages }));
}

const zod = { version: "4.0.0", integrity: "sha512-a" };
const lock = { "": { name: "x" }, "node_modules/zod": zod };

test("what npm installed last is compared with the lock file, package by package", () => {
  write("package-lock.json", lock);
  expect(packagesAreCurrent(directory)).toBe(false);
  write("node_modules/.package-lock.json", { "node_modules/zod": zod });
  expect(packagesAreCurrent(directory)).toBe(true);
  write("node_modules/.package-lock.json", { "node_modules/zod": { ...zod, version: "3.0.0" } });
  expect(packagesAreCurrent(directory)).toBe(false);
});

test("an optional package for another system may be absent, not another one", () => {
  write("node_modules/.package-lock.json", { "node_modules/zod": zod });
  write("package-lock.json", { ...lock, "node_modules/win": { ...zod, optional: true } });
  expect(packagesAreCurrent(directory)).toBe(true);
  write("package-lock.json", { ...lock, "node_modules/new": zod });
  expect(packagesAreCurrent(directory)).toBe(false);
});
