import { listLinkedProviders } from "#lib/db/linked-accounts.ts";

/** Lists the providers by which the user may sign in, besides a password. */
export async function listLinkedAccounts(user: { id: string }): Promise<string[]> {
  return listLinkedProviders(user.id);
}
