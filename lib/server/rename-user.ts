import { renameUser as renameStored } from "#lib/db/users.ts";

/** Changes what the user is called; `name` is checked by `personNameSchema`. */
export async function renameUser(user: { id: string }, name: string): Promise<void> {
  await renameStored(user.id, name);
}
