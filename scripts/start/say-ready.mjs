/**
 * Prints the one URL and what to do next.
 * @param {{url: string, setupCode: string | null, firstAccountNeeded: boolean}} ready
 */
export function sayReady({ url, setupCode, firstAccountNeeded }) {
  console.log(`\nGatehouse is ready: ${url}`);
  if (firstAccountNeeded) console.log("Open it to create the first account, which becomes the owner.");
  if (firstAccountNeeded && setupCode !== null) console.log(`Setup code for the first account: ${setupCode}`);
  console.log("Press Ctrl+C to stop.");
}
