import { isExposed } from "#lib/auth/needs-setup-code.ts";
import { setupCode } from "#lib/auth/setup-code.ts";
import { hasUsers } from "#lib/db/users.ts";

/** Whether nobody has an account yet, and the setup code where making the first one needs it. */
export async function firstAccountNeeded(): Promise<{
  setupCode: string | null;
  firstAccountNeeded: boolean;
}> {
  const isNeeded = !(await hasUsers());
  return { firstAccountNeeded: isNeeded, setupCode: isNeeded && isExposed() ? setupCode() : null };
}
