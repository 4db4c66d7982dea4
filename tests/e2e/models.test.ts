import { expect } from "@playwright/test";
import { startMockOpenAi } from "#tests/support/mock-openai.ts";
import { test } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { signIn } from "./support/sign-in.ts";

test("a model is connected with a test first, switched off, and its connection deleted", async ({
  page,
  shoot,
}, { project }) => {
  const vendor = await startMockOpenAi({ models: ["mock-1", "mock-2"], chunks: ["Hello"] });
  const name = `Workshop ${project.name}`;
  try {
    await signIn(page);
    await page.goto("/o/default/models");
    await expect(page.getByText("not an LLM")).toBeVisible();
    await expect(page.getByText(/price list of/)).toBeVisible();
    await expectAccessible(page);
    await page.goto("/o/default/models?add=openai-compatible");
    const dialog = page.getByRole("dialog", { name: "Connect a model" });
    await dialog.getByRole("button", { name: "Save connection" }).click();
    await expect(dialog.getByText("Give the connection a name.")).toBeVisible();
    await expect(dialog.getByText("Give the server's address.")).toBeVisible();
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Address").fill("http://127.0.0.1:1/v1");
    await dialog.getByRole("button", { name: "Test connection" }).click();
    await expect(dialog.getByText("It does not work yet")).toBeVisible();
    await dialog.getByLabel("Address").fill(vendor.url);
    await dialog.getByRole("button", { name: "Test connection" }).click();
    await expect(dialog.getByText("It works")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("alertdialog").getByRole("button", { name: "Keep editing" }).click();
    await expect(dialog.getByLabel("Name")).toHaveValue(name);
    await expect(dialog.getByRole("list", { name: "Picked models" })).toContainText("mock-1");
    await expectAccessible(page);
    await shoot("connect-model");
    await dialog.getByRole("button", { name: "Save connection" }).click();
    await expect(dialog).toBeHidden();

    const row = page.getByRole("listitem").filter({ hasText: name });
    await expect(row).toContainText("1 model");
    await row.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: "Test connection" }).click();
    await expect(row.getByText("Worked")).toBeVisible();
    await shoot("models");
    await row.getByRole("switch").click();
    await expect(row.getByText("Off", { exact: true })).toBeVisible();
    await expect(row.getByRole("switch")).not.toBeChecked();

    await row.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: "Delete connection" }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: `Delete ${name}` })
      .click();
    await expect(row).toBeHidden();
  } finally {
    await vendor.close();
  }
});
