import { parseArgs } from "node:util";

/** How this server process was asked to start; everything else comes from the environment. */
export interface ServeOptions {
  /** Next's development server instead of a build. */
  isDevelopment: boolean;
  /** Folder of the build to serve, relative to the project. */
  buildFolder: string;
  /** Generation of the data-folder lock that the parent process holds for us. */
  takeOverFrom: number | undefined;
}

/** Reads the options of `scripts/serve.ts`. Throws on an unknown one. */
export function serveOptions(args: string[]): ServeOptions {
  const { values } = parseArgs({
    args,
    options: {
      dev: { type: "boolean", default: false },
      build: { type: "string", default: ".next" },
      "take-over-from": { type: "string" },
    },
  });
  const takeOverFrom = values["take-over-from"];
  return {
    isDevelopment: values.dev,
    buildFolder: values.build,
    takeOverFrom: takeOverFrom === undefined ? undefined : Number(takeOverFrom),
  };
}
