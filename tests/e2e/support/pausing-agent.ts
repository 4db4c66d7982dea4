import { expect, type Page } from "@playwright/test";

/** Calls the API with the page's own sign-in; the answer must be a success. */
export async function callApi(page: Page, method: string, path: string, json: unknown): Promise<void> {
  const answer = await page.request.fetch(`/api${path}`, {
    method,
    headers: { "x-gatehouse-organization": "default", origin: new URL(page.url()).origin },
    data: json,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Makes an agent of the scripted model whose calls of these tools wait as the settings say. */
export async function pausingAgent(
  page: Page,
  id: string,
  toolSettings: Record<string, Record<string, unknown>>,
  tools: readonly string[] = Object.keys(toolSettings),
): Promise<void> {
  await callApi(page, "POST", "/components", {
    component_type: "agent",
    component_id: id,
    name: `Billing desk ${id}`,
    stage: "published",
    config: {
      model: { provider: "scripted", id: "demo-1" },
      reasoning_effort: "none",
      tools,
      tool_settings: toolSettings,
    },
  });
}
