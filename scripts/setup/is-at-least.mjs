/**
 * Whether a dotted version (`24.21.0`) is the minimum or newer.
 * @param {string} version
 * @param {[number, number]} minimum major and minor
 */
export function isAtLeast(version, [major, minor]) {
  const [actualMajor = 0, actualMinor = 0] = version.split(".").map(Number);
  return actualMajor > major || (actualMajor === major && actualMinor >= minor);
}
