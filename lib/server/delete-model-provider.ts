import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import {
  deleteModelProvider as removeModelProvider,
  namesUsingModelProvider,
} from "#lib/db/model-providers.ts";
import { forgetBoundModels } from "./forget-bound-models.ts";
import { requireModelProvider } from "./require-model-provider.ts";

/**
 * Deletes a connection with its key. Throws `not_found`, and `conflict` with their names while agents think with it,
 * unless forced: then those agents' next runs fail with a sentence that says what is missing.
 */
export async function deleteModelProvider(scope: Scope, id: string, force: boolean): Promise<void> {
  const provider = await requireModelProvider(scope, id);
  const users = force ? [] : await namesUsingModelProvider(scope, id);
  if (users.length > 0) {
    throw new AppError(
      "conflict",
      `${provider.name} is used by ${listNames(users)}. Give them another model first, or delete with force=true.`,
    );
  }
  await removeModelProvider(scope, id);
  forgetBoundModels();
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
