export interface DataFolderLock {
  /** The number of this holding; a child process takes over from it. */
  generation: number;
  /** Tells whoever waits for the lock that this process is about to release it. */
  announceStop(): void;
  /** Gives the lock back; after a hand-over it does nothing. */
  release(): void;
}

/**
 * Takes the lock of a folder that exists; it ends with `release()` or with this process, however that goes.
 * Throws an Error with the code `locked` when another process has it (`isStopping` when that one has announced that it
 * stops), and the file system's own error when the folder cannot be written.
 */
export function acquireDataFolderLock(
  directory: string,
  options?: {
    /** The generation of a living owner that hands the lock over to this process. */
    takeOverFrom?: number | undefined;
    /** Called once when the folder is found deleted, or the lock with another process; looked at every 5 s. */
    onLost?: () => void;
  },
): Promise<DataFolderLock>;
