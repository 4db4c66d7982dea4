import { hashPassword } from "#lib/auth/password-hash.ts";
import { registerDatabase } from "#lib/db/database.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { makeUser } from "#tests/support/make-user.ts";
import { serverDatabase } from "#tests/support/server-database.ts";

interface OtherOrganization {
  slug: string;
  email: string;
  password: string;
}

/** Makes a second organization with its owner in a stopped server's database. */
export async function makeOtherOrganization(
  dataDirectory: string,
  { slug, email, password }: OtherOrganization,
): Promise<void> {
  const database = await openDatabase({ dataDirectory, databaseUrl: await serverDatabase(dataDirectory) });
  registerDatabase(database);
  try {
    const { organizationId } = await makeScope({ slug });
    await makeUser(organizationId, "owner", { email, passwordHash: await hashPassword(password) });
  } finally {
    registerDatabase(null);
    await database.close();
  }
}
