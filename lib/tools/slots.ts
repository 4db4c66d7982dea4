/** A number of places; who wants one while all are taken waits in line. */
export interface Slots {
  /** Resolves with the function that gives the place back. Rejects with the signal's reason when that comes first. */
  take(signal: AbortSignal): Promise<() => void>;
}

/** Makes `count` places. */
export function createSlots(count: number): Slots {
  let free = count;
  const line: (() => void)[] = [];

  function giveBack(): void {
    const next = line.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return {
    take(signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const enter = () => {
          signal.removeEventListener("abort", leave);
          resolve(giveBack);
        };
        const leave = () => {
          line.splice(line.indexOf(enter), 1);
          reject(signal.reason);
        };
        if (free > 0) {
          free -= 1;
          enter();
          return;
        }
        line.push(enter);
        signal.addEventListener("abort", leave, { once: true });
      });
    },
  };
}
