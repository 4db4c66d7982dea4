/** Shows one step of the set-up while it runs. */
export type Progress = <T>(label: string, work: () => Promise<T>) => Promise<T>;

/** Prints one line a step: its name at once and its seconds when it is done. */
export function printProgress(output?: NodeJS.WritableStream): Progress;
