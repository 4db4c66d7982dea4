import { expect, it } from "vitest";
import { listCheckChoices } from "./list-check-choices.ts";

it("offers the tool hooks that are built in, under the names that agents call them by", () => {
  expect(listCheckChoices().toolHooks).toContainEqual({
    name: "mask_secrets",
    title: "Mask secrets",
    description: "Masks API keys and private keys in results and errors before the model sees them.",
  });
});
