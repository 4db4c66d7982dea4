import canonicalize from "canonicalize";
import { AppError } from "#lib/core/app-error.ts";
import { environment } from "#lib/env.ts";
import { log } from "#lib/server/log.ts";
import { clientKeys } from "./client-keys.ts";
import type { Durable } from "./durable.ts";
import { sign } from "./embedded/signature.ts";
import { SERVE_PATH, serveInngest } from "./serve-handler.ts";

const RETRY_MS = 5_000;

/**
 * Registers the functions with the Inngest server that the settings name, again and again until it has taken them.
 * Throws an Error with a sentence when the settings would leave the functions open to everybody or to nobody.
 */
export function startExternal({ origin, isLoopback }: { origin: string; isLoopback: boolean }): Durable {
  const keys = clientKeys();
  if (!keys.isDev && keys.signingKey === undefined) {
    throw new AppError(
      "internal",
      "An Inngest server is set, but INNGEST_SIGNING_KEY is not: it could call nothing.",
    );
  }
  if (keys.isDev && !isLoopback) {
    const sentence =
      "INNGEST_DEV lets everybody who reaches this server run its functions: use it on loopback only.";
    throw new AppError("internal", sentence);
  }
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  async function register(): Promise<void> {
    const { INNGEST_SERVE_ORIGIN, GATEHOUSE_URL } = environment();
    const url = `${INNGEST_SERVE_ORIGIN ?? GATEHOUSE_URL ?? origin}${SERVE_PATH}`;
    const body = canonicalize({ url }) ?? "{}";
    const headers = {
      "content-type": "application/json",
      host: new URL(url).host,
      ...(keys.signingKey === undefined
        ? {}
        : { "x-inngest-signature": sign(keys.signingKey, body, Date.now()) }),
    };
    const response = await serveInngest(new Request(url, { method: "PUT", headers, body }));
    if (!response.ok) throw new Error(`Status ${response.status}: ${(await response.text()).slice(0, 500)}`);
    log("info", "The durable functions are registered with the Inngest server.", { url });
  }
  async function attempt(): Promise<void> {
    try {
      await register();
    } catch (error) {
      if (isStopped) return;
      log("error", "The Inngest server did not take the durable functions; trying again.", { error });
      timer = setTimeout(() => void attempt(), RETRY_MS);
      timer.unref();
    }
  }
  void attempt();
  return {
    quiesce: async () => {},
    async stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
