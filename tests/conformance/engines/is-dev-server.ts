/** Whether INNGEST_DEV names a development server, as the SDK reads it: on, or an address. */
export function isDevServer(env: NodeJS.ProcessEnv): boolean {
  return !["", "0", "false"].includes((env["INNGEST_DEV"] ?? "").toLowerCase());
}
