/** Reads the options of `npm start`; each falls back to its environment variable, then to the default. */
export function startOptions(
  args: string[],
  environment: Record<string, string | undefined>,
): { isDevelopment: boolean; port: number; host: string; dataDirectory: string };
