import path from "node:path";
import { nextMigration } from "./next-migration.ts";

/**
 * Tells whether prisma/schema says something that the migrations do not do yet.
 * Returns the sentence for the person, with the missing SQL, or null when they agree.
 */
export async function migrationDrift(
  prismaDirectory: string = path.join(import.meta.dirname, "..", "prisma"),
): Promise<string | null> {
  const missing = await nextMigration(prismaDirectory);
  if (missing === null) return null;
  return `prisma/schema has changes without a migration; run \`npm run db:migration -- NAME\`.\n${missing}`;
}
