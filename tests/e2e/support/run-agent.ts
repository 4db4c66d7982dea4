import { expect, type Page } from "@playwright/test";

/** Runs an agent through the API with the page's own sign-in and returns the run's id once it has ended. */
export async function runAgent(
  page: Page,
  agentId: string,
  message: string,
  sessionId: string,
): Promise<string> {
  const answer = await page.request.post(`/api/agents/${agentId}/runs`, {
    headers: { "x-gatehouse-organization": "default", origin: new URL(page.url()).origin },
    multipart: { message, stream: "false", session_id: sessionId },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const run = (await answer.json()) as { run_id: string };
  return run.run_id;
}
