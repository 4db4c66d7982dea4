import { expect, type Page } from "@playwright/test";
import { type HookServer, startHookServer } from "#tests/support/hook-server.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";
import { answered, ask, turns } from "./support/conversation.ts";
import { test as base, owner } from "./support/e2e-test.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { pausingAgent } from "./support/pausing-agent.ts";
import { signIn } from "./support/sign-in.ts";

/** A server that may send to another system on this machine. */
const test = base.extend<object, { other: HookServer; server: TestServer }>({
  other: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const other = await startHookServer();
      await use(other);
      other.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ other }, use) => {
      const server = await startTestServer({
        env: {
          GATEHOUSE_OWNER_EMAIL: owner.email,
          GATEHOUSE_OWNER_PASSWORD: owner.password,
          GATEHOUSE_PRIVATE_ORIGINS: other.origin,
        },
      });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

test("a call that was lost on its way is put to a person: it happened, it did not, give up", async ({
  page,
  other,
  shoot,
}, { project }) => {
  const agent = `sending-${project.name}`;
  await signIn(page);
  await pausingAgent(page, agent, {}, ["send_request"]);
  await page.goto(`/o/default/chat?agent=${agent}`);
  const lost = async (page: Page) => {
    other.manner = "hang up";
    await ask(page, `/tool send_request {"url":"${other.origin}/hook","json":{"order":"48213"}}`);
    const card = turns(page).last().getByRole("region", { name: "Send a request: did it happen?" });
    await expect(card).toBeVisible();
    other.manner = "answer";
    return card;
  };

  const first = await lost(page);
  // No key decides about what nobody knows.
  await first.focus();
  await page.keyboard.press("a");
  await expect(first).toContainText("It does not run again until you say so.");
  await expectAccessible(page);
  await shoot("chat-unknown");
  await first.getByRole("button", { name: "It happened" }).click();
  await first.getByLabel("Result").fill("It is in their log.");
  await first.getByRole("button", { name: /^Give the result/ }).click();
  await expect(await answered(page)).toContainText("You said it happened");
  expect(other.taken).toHaveLength(1);

  const second = await lost(page);
  await second.getByRole("button", { name: "It did not, run it" }).click();
  await expect(await answered(page)).toContainText("You said it did not happen, run again");
  expect(other.taken).toHaveLength(3);

  const third = await lost(page);
  await third.getByRole("button", { name: "Give up" }).click();
  await page.getByRole("button", { name: /^Give up/ }).click();
  await expect(await answered(page)).toContainText("You gave up");
  expect(other.taken).toHaveLength(4);
});
