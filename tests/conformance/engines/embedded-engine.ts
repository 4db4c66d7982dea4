import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { embeddedTemplate } from "#tests/support/embedded-template.ts";
import { createPostgresDatabase } from "#tests/support/test-postgres.ts";
import { freePort } from "../free-port.ts";
import { type Child, startChild } from "../start-child.ts";
import type { Engine } from "./engine.ts";

/** After a crash on Postgres the work comes back when its leases have run out. */
const leaseMs = 3_000;
const script = `${import.meta.dirname}/engine-process.ts`;

/**
 * The embedded engine in a process of its own, behind a port of loopback: on the embedded database, or on Postgres when
 * TEST_DATABASE_KIND says so. Nothing here knows more of it than how it is started.
 */
export async function embeddedEngine(): Promise<Engine> {
  const onPostgres = process.env["TEST_DATABASE_KIND"] === "postgres";
  const postgres = onPostgres ? await createPostgresDatabase() : null;
  const dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-conformance-"));
  const port = await freePort();
  const eventKey = "conformance-events";
  const signingKey = `signkey-test-${randomBytes(32).toString("hex")}`;
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    DATABASE_URL: postgres?.url,
    GATEHOUSE_DATA: dataDirectory,
    CONFORMANCE_EVENT_KEY: eventKey,
    CONFORMANCE_SIGNING_KEY: signingKey,
    CONFORMANCE_LEASE_MS: String(leaseMs),
  };
  const run = (appUrl: string, ownPort: number, more: Record<string, string | undefined> = {}) =>
    startChild(script, {
      ...settings,
      CONFORMANCE_ENGINE_PORT: String(ownPort),
      CONFORMANCE_APP_URL: appUrl,
      ...more,
    });
  let child: Child | null = null;
  const stop = async () => {
    await child?.stop();
    child = null;
  };
  return {
    name: `the embedded engine on ${onPostgres ? "Postgres" : "the embedded database"}`,
    environment: {
      INNGEST_BASE_URL: url,
      INNGEST_EVENT_KEY: eventKey,
      INNGEST_SIGNING_KEY: signingKey,
      INNGEST_DEV: "0",
    },
    eventUrl: `${url}/e/${eventKey}`,
    isSigning: true,
    async start(appUrl) {
      child = await run(appUrl, port);
    },
    stop,
    async end() {
      await stop();
      rmSync(dataDirectory, { recursive: true, force: true });
      await postgres?.drop();
    },
    own: {
      output: () => child?.output() ?? "",
      async kill() {
        await child?.kill();
        child = null;
      },
      async refusal(appUrl) {
        const snapshot = { CONFORMANCE_SNAPSHOT: await embeddedTemplate(), DATABASE_URL: undefined };
        const started = await run(appUrl, await freePort(), snapshot).catch((error: Error) => error.message);
        if (typeof started === "string") return started;
        await started.kill();
        throw new Error("The engine took a function with an option that it does not keep.");
      },
      ...(onPostgres ? { startReplica: async (appUrl: string) => run(appUrl, await freePort()) } : {}),
    },
  };
}
