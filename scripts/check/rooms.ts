/**
 * The rooms of the house and the arrows between them. Each room may import the rooms listed and itself, nothing else;
 * `any` for what starts or tests the rest. A room is found by the longest path that matches.
 */
export const ROOMS: readonly Room[] = [
  // The two of cron are as pure as the room: maths and words, no I/O.
  { path: "lib/core/", imports: [], packages: ["zod", "croner", "cronstrue"] },
  { path: "lib/env.ts", imports: [] },
  { path: "lib/db/", imports: ["lib/core/", "lib/env.ts", "prisma/generated/"] },
  { path: "lib/models/", imports: ["lib/core/", "lib/env.ts"] },
  { path: "lib/tools/", imports: ["lib/core/", "lib/env.ts"] },
  { path: "lib/memory/", imports: ["lib/core/"] },
  { path: "lib/knowledge/", imports: ["lib/core/"] },
  { path: "lib/runtime/", imports: ["lib/core/"] },
  { path: "lib/telemetry/", imports: ["lib/core/", "lib/env.ts"] },
  { path: "lib/auth/", imports: ["lib/core/", "lib/db/", "lib/env.ts"] },
  {
    path: "lib/server/",
    imports: [
      "lib/core/",
      "lib/env.ts",
      "lib/db/",
      "lib/models/",
      "lib/tools/",
      "lib/memory/",
      "lib/knowledge/",
      "lib/runtime/",
      "lib/telemetry/",
      "lib/auth/",
      "agents/",
    ],
  },
  {
    path: "lib/api/",
    imports: ["lib/api/contracts", "lib/api/contract.ts", "lib/server/", "lib/auth/", "lib/core/"],
  },
  // Contracts are pure data: the listener, the scope map and openapi.json are made from them without a server.
  { path: "lib/api/contracts", imports: ["lib/api/contract.ts", "lib/core/"], packages: ["zod"] },
  { path: "lib/api/contract.ts", imports: ["lib/core/"], packages: ["zod"] },
  { path: "lib/protocols/", imports: ["lib/api/", "lib/server/", "lib/core/"] },
  { path: "lib/client/", imports: ["lib/core/"] },
  {
    path: "lib/sdk/",
    imports: [
      "lib/core/",
      "lib/runtime/",
      "lib/models/",
      "lib/tools/",
      "lib/memory/",
      "lib/knowledge/",
      "lib/db/",
      "lib/client/",
    ],
  },
  { path: "components/ui/", imports: ["lib/core/"] },
  { path: "components/", imports: ["components/ui/", "lib/core/", "lib/client/"] },
  {
    path: "app/",
    imports: [
      "lib/api/",
      "lib/api/contracts",
      "lib/server/",
      "lib/auth/",
      "lib/protocols/",
      "components/",
      "components/ui/",
      "inngest/",
      "lib/core/",
    ],
  },
  { path: "inngest/", imports: ["lib/server/", "lib/db/", "lib/env.ts", "lib/core/"] },
  { path: "agents/", imports: ["lib/sdk/"] },
  { path: "cookbook/", imports: ["lib/sdk/"] },
  { path: "prisma/generated/", imports: [] },
  { path: "scripts/", imports: "any" },
  { path: "tests/", imports: "any" },
];

/** Files at the root that Next or a tool starts; they may import what they start. */
export const ROOT_FILES: readonly string[] = [
  "instrumentation-client.ts",
  "instrumentation.ts",
  "next.config.ts",
  "playwright.config.ts",
  "prisma.config.ts",
  "proxy.ts",
  "vitest.config.ts",
];

export interface Room {
  /** A folder (with a slash at its end), a file, or the beginning of several files' names. */
  path: string;
  imports: readonly string[] | "any";
  /** The only packages it may import, where it must stay small. */
  packages?: readonly string[];
}
