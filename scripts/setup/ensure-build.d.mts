import type { Progress } from "./progress.mjs";

/** Makes sure that a build of the present sources exists and returns its folder's name. */
export function ensureBuild(progress: Progress): Promise<string>;
