import { expect, test } from "vitest";
import { assertAnswered } from "./assert-answered.ts";
import { protocolMessage } from "./frontend-message.ts";

test("an ordinary error that leaves the engine ready is an answer", () => {
  const error = protocolMessage("E", "SERROR\0C22012\0Mdivision by zero\0\0");
  expect(() => assertAnswered(Buffer.concat([error, protocolMessage("Z", "I")]))).not.toThrow();
});

test("an engine that panics instead of getting ready is told dead, with what it said last", () => {
  const panic = protocolMessage("E", "SPANIC\0C53100\0MNo space left on device\0\0");
  expect(() => assertAnswered(panic)).toThrow("No space left on device");
  expect(() => assertAnswered(new Uint8Array())).toThrow("it gave no answer");
});
