import { expect, test } from "vitest";
import { startExternal } from "./start-external.ts";

test("a development server, which signs nothing, is for a server that only this machine reaches", async () => {
  process.env["INNGEST_DEV"] = "http://127.0.0.1:9";
  expect(() => startExternal({ origin: "http://127.0.0.1:7777", isLoopback: false })).toThrow(
    "INNGEST_DEV lets everybody who reaches this server run its functions: use it on loopback only.",
  );
  await startExternal({ origin: "http://127.0.0.1:7777", isLoopback: true }).stop();
});
