import path from "node:path";
import { expect, test } from "vitest";
import { startOptions } from "./start-options.mjs";

test("an option wins over its environment variable, which wins over the default", () => {
  expect(startOptions([], {})).toEqual({
    isDevelopment: false,
    port: 7777,
    host: "127.0.0.1",
    dataDirectory: path.resolve("data"),
  });
  const environment = { PORT: "1", HOST: "0.0.0.0", GATEHOUSE_DATA: "/srv/a" };
  expect(startOptions([], environment)).toMatchObject({ port: 1, host: "0.0.0.0", dataDirectory: "/srv/a" });
  const args = ["--port", "2", "--host", "::1", "--data", "/srv/b", "--dev"];
  expect(startOptions(args, environment)).toEqual({
    isDevelopment: true,
    port: 2,
    host: "::1",
    dataDirectory: "/srv/b",
  });
});

test("empty variables, as some launchers set them, count as none", () => {
  expect(startOptions([], { HOST: "", GATEHOUSE_DATA: " ", PORT: "" })).toMatchObject({
    port: 7777,
    host: "127.0.0.1",
    dataDirectory: path.resolve("data"),
  });
});
