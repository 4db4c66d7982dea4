import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import next from "next";

interface StartNextOptions {
  projectRoot: string;
  isDevelopment: boolean;
  /** Folder of the build, relative to the project; next.config.ts reads it from the environment. */
  buildFolder: string;
  hostname: string;
  port: number;
  /** The listening server, whose upgrades development needs for reloading pages. */
  httpServer: Server;
}

export interface NextServer {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Starts Next inside this process. The environment must be set before Next is asked for anything, which is why it
 * happens here: no telemetry, and signals are ours, because Next would exit before the database is closed.
 */
export async function startNext(options: StartNextOptions): Promise<NextServer> {
  Object.assign(process.env, {
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_MANUAL_SIG_HANDLE: "1",
    GATEHOUSE_BUILD_FOLDER: options.isDevelopment ? ".next" : options.buildFolder,
  });
  const server = next({
    dir: path.resolve(options.projectRoot),
    dev: options.isDevelopment,
    hostname: options.hostname,
    port: options.port,
    quiet: true,
    // Next answers upgrades past our listener; outside development there are none to answer, so it gets a server that
    // never listens, and a request to upgrade is an ordinary one.
    httpServer: options.isDevelopment ? options.httpServer : createServer(),
  });
  await server.prepare();
  return { handle: server.getRequestHandler(), close: () => server.close() };
}
