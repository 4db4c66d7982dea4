import type { ModelProviderKind } from "#lib/core/model-provider.ts";
import { baseUrlOf } from "#lib/models/base-url-of.ts";

interface Address {
  kind: ModelProviderKind;
  baseUrl: string | null;
}

/**
 * True when a stored key would be sent to another server than the one it was entered for. Whoever points a connection
 * elsewhere has to enter the key again: else a change of the address would be a way to read it.
 */
export function keyGoesElsewhere(stored: Address, next: Address): boolean {
  return new URL(baseUrlOf(stored)).origin !== new URL(baseUrlOf(next)).origin;
}
