import { expect, test } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { explainStartError } from "./explain-start-error.ts";

const context = { port: 7777, dataDirectory: "/srv/data" };
const explain = (code: string, syscall = "open") =>
  explainStartError(Object.assign(new Error(`${code}: no`), { code, syscall }), context);

test("a taken port, a read-only disk and a full one each get their sentence", () => {
  expect(explain("EADDRINUSE", "listen")).toMatch(/^Port 7777 is taken/);
  expect(explain("EROFS")).toMatch(/^The data folder \/srv\/data cannot be written/);
  expect(explain("EACCES", "mkdir")).toMatch(/^The data folder/);
  expect(explain("EACCES", "listen")).toMatch(/does not let Gatehouse listen/);
  expect(explain("ENOSPC", "write")).toMatch(/is full/);
});

test("our own sentences are passed on", () => {
  expect(explainStartError(new AppError("conflict", "It is held."), context)).toBe("It is held.");
});
