import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";

/** Adds two numbers. */
export const add: Tool = {
  name: "add",
  title: "Add",
  description: "Adds two numbers.",
  effect: "read",
  input: z.object({ a: z.number(), b: z.number() }),
  execute: (input) => {
    const { a, b } = input as { a: number; b: number };
    return Promise.resolve(a + b);
  },
};

/** Fails with what it was given. */
export const boom: Tool = {
  ...add,
  name: "boom",
  input: z.object({ x: z.string() }),
  execute: (input) => Promise.reject(new Error(`boom ${(input as { x: string }).x}`)),
};
