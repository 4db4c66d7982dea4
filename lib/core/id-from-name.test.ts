import { expect, test } from "vitest";
import { componentIdSchema } from "./agent-definition.ts";
import { idFromName } from "./id-from-name.ts";

test.each([
  ["Demo Assistant", "demo-assistant"],
  ["  Über  Köln! ", "uber-koln"],
  ["模型", "agent"],
  ["---", "agent"],
  ["x".repeat(200), "x".repeat(64)],
])("%j becomes %s, which is a valid id", (name, id) => {
  expect(idFromName(name, "agent")).toBe(id);
  expect(componentIdSchema.safeParse(id).success).toBe(true);
});
