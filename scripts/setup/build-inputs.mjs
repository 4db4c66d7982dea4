/** What `next build` reads; a change in any of these makes a new build. */
export const buildInputs = [
  "agents",
  "app",
  "components",
  "inngest",
  "instrumentation-client.ts",
  "lib",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "prisma/schema",
  "proxy.ts",
  "tsconfig.json",
];
