const lookEveryMs = 100;

/**
 * Calls back once when the npm that started this process is gone. npm passes SIGTERM to its shell only, which dies
 * without passing it on; we would go on without anybody to stop us.
 * @param {() => void} callback
 */
export function whenNpmEnds(callback) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    callback();
  }, lookEveryMs);
  watch.unref();
}
