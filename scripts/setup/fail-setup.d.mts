/** Ends the process with exit code 1 after saying why in one sentence, below the log lines that show the cause. */
export function failSetup(error: unknown): never;
