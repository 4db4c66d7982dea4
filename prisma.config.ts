import { defineConfig } from "prisma/config";

// Generating, validating and formatting need no engine, yet the command line looks for one and would download it.
// Any existing file satisfies that look-up; migrations are written and applied by our own scripts.
if (["generate", "validate", "format"].includes(process.argv[2] ?? "")) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
});
