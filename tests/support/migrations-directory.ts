import path from "node:path";

/** The project's migrations. */
export const MIGRATIONS_DIRECTORY = path.join(import.meta.dirname, "..", "..", "prisma", "migrations");
