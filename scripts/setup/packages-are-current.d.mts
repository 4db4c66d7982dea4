/** Whether the installed packages are those of the lock file in the same folder. */
export function packagesAreCurrent(directory: string): boolean;
