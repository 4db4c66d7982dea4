import { mkdirSync } from "node:fs";
import type { RequestListener } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Durable } from "#inngest/durable.ts";
import { startDurable } from "#inngest/start-durable.ts";
import { CONTRACTS } from "#lib/api/contracts.ts";
import { registerDatabase } from "#lib/db/database.ts";
import { deployMigrations } from "#lib/db/deploy-migrations.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import type { Environment } from "#lib/env.ts";
import { bootProcess } from "#lib/server/boot-process.ts";
import { registerOwnApi } from "#lib/server/own-api.ts";
import { shutDown } from "#lib/server/shut-down.ts";
import { acquireDataFolderLock } from "../data-folder-lock.mjs";
import { corsOrigins } from "./cors-origins.ts";
import { frontListener } from "./front-listener.ts";
import { logDistrustedProxy } from "./log-distrusted-proxy.ts";
import { isLoopback } from "./is-loopback.ts";
import { limitedServer } from "./limited-server.ts";
import { listen } from "./listen.ts";
import { markBuildInUse } from "./mark-build-in-use.ts";
import { matchApiRoute } from "./match-api-route.ts";
import { ownOrigin } from "./own-origin.ts";
import { sendReport } from "./send-report.ts";
import { sendToSelf } from "./send-to-self.ts";
import type { ServeOptions } from "./serve-options.ts";
import { serverUrl } from "./server-url.ts";
import { startNext } from "./start-next.ts";
import { trustedProxies } from "./trusted-proxies.ts";

const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Starts everything that the server process owns, in this order: data-folder lock, port, database and migrations,
 * Next, the process's own work, the durable work. What is started is put on `running`, which closes it in the opposite
 * order; only the durable work ends in two parts, because the runs that it drives are drained in between.
 * The port is taken early, so that a taken one is told at once; requests wait until the rest is ready.
 */
export async function startServer(
  options: ServeOptions,
  settings: Environment,
  running: AsyncDisposableStack,
): Promise<void> {
  const host = settings.HOST ?? "127.0.0.1";
  const isTrustedProxy = trustedProxies(settings.TRUSTED_PROXIES);
  mkdirSync(settings.dataDirectory, { recursive: true, mode: 0o700 });
  const lock = await acquireDataFolderLock(settings.dataDirectory, {
    takeOverFrom: options.takeOverFrom,
    onLost: () =>
      endNow(
        `The data folder ${settings.dataDirectory} was deleted or taken by another process; Gatehouse stops, because ` +
          "nothing more could be kept.",
      ),
  });
  running.defer(() => lock.release());

  const ready = Promise.withResolvers<RequestListener>();
  const server = limitedServer((request, response) => {
    void ready.promise.then((answer) => answer(request, response));
  });
  const port = await listen(server, host, settings.PORT);
  running.defer(() => server.closeAllConnections());

  sendReport({ kind: "progress", step: "Opening the database" });
  await openAndMigrate(settings, running);

  sendReport({ kind: "progress", step: "Starting the pages" });
  if (!options.isDevelopment) running.defer(markBuildInUse(path.join(projectRoot, options.buildFolder)));
  const next = await startNext({ projectRoot, hostname: host, port, httpServer: server, ...options });
  running.defer(() => next.close());

  let durable: Durable | undefined;
  running.defer(() => durable?.stop());
  const { setupCode, firstAccountNeeded } = await bootProcess();
  running.defer(() => shutDown());
  const origin = ownOrigin(host, port);
  registerOwnApi(sendToSelf(origin));
  running.defer(() => registerOwnApi(null));
  const { isDevelopment } = options;
  durable = await startDurable({ isDevelopment, origin, isLoopback: isLoopback(host) });
  running.defer(() => durable?.quiesce());
  running.defer(() => {
    server.close();
  });

  ready.resolve(
    frontListener({
      next: next.handle,
      matchApi: matchApiRoute(CONTRACTS),
      corsOrigins: corsOrigins(settings.CORS_ORIGINS),
      isTrustedProxy,
      onDistrustedProxy: logDistrustedProxy(),
    }),
  );
  const url = serverUrl(host, port, settings.GATEHOUSE_URL);
  running.defer(() => lock.announceStop());
  sendReport({ kind: "ready", url, port, setupCode, firstAccountNeeded });
}

async function openAndMigrate(settings: Environment, running: AsyncDisposableStack): Promise<void> {
  const database = await openDatabase({
    dataDirectory: settings.dataDirectory,
    databaseUrl: settings.DATABASE_URL,
    onError: (error) => console.error(error),
    onEngineFailure: (error) => endNow(error.message),
  });
  registerDatabase(database);
  running.defer(async () => {
    registerDatabase(null);
    await database.close();
  });
  await deployMigrations(database.pool, path.join(projectRoot, "prisma/migrations"));
}

/** Ends the process, which can keep nothing any more, without closing anything; the next start recovers. */
function endNow(sentence: string): void {
  sendReport({ kind: "failed", sentence });
  process.exit(1);
}
