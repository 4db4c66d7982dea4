/** Removes old builds that no running server uses; `present` stays in any case. */
export function pruneBuilds(projectRoot: string, present: string): void;
