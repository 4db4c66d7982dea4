import path from "node:path";
import { parseArgs } from "node:util";
import { SetupError } from "../setup/setup-error.mjs";

/**
 * Reads the options of `npm start`; each falls back to its environment variable, then to the default.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 */
export function startOptions(args, environment) {
  const values = parse(args);
  const port = Number(values.port ?? (environment.PORT?.trim() || "7777"));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SetupError("The port must be a number from 0 to 65535: npm start -- --port 7777");
  }
  return {
    isDevelopment: values.dev === true,
    port,
    host: values.host ?? (environment.HOST?.trim() || "127.0.0.1"),
    dataDirectory: path.resolve(values.data ?? (environment.GATEHOUSE_DATA?.trim() || "data")),
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        dev: { type: "boolean" },
        port: { type: "string" },
        data: { type: "string" },
        host: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error.message}. Usage: npm start -- --port N --data DIR --host ADDRESS`);
  }
}
