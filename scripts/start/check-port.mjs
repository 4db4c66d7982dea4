import { createServer } from "node:net";
import { SetupError } from "../setup/setup-error.mjs";

/**
 * Throws a SetupError when the port cannot be listened on, so that nobody waits for a build only to learn that.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<void>}
 */
export function checkPort(host, port) {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", (error) => {
      reject(
        new SetupError(
          error.code === "EADDRINUSE"
            ? `Port ${port} is taken by another program; choose one with: npm start -- --port N`
            : `Gatehouse cannot listen on ${host}:${port} (${error.message}); choose another --host or --port.`,
        ),
      );
    });
    probe.listen({ host, port }, () => probe.close(() => resolve()));
  });
}
