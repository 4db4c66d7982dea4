/**
 * Shows one step of the set-up while it runs.
 * @typedef {<T>(label: string, work: () => Promise<T>) => Promise<T>} Progress
 */

/**
 * Prints one line a step: its name at once and its seconds when it is done.
 * @param {NodeJS.WritableStream} [output]
 * @returns {Progress}
 */
export function printProgress(output = process.stdout) {
  return async (label, work) => {
    output.write(`  ${label} ...`);
    const startedAt = performance.now();
    try {
      const result = await work();
      output.write(` ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
      return result;
    } catch (error) {
      output.write(" failed\n");
      throw error;
    }
  };
}
