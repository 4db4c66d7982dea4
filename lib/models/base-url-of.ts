import { type ModelProviderKind, PROVIDER_KINDS } from "#lib/core/model-provider.ts";

/** The address that requests go to, without a slash at the end. */
export function baseUrlOf(address: { kind: ModelProviderKind; baseUrl: string | null }): string {
  const known = PROVIDER_KINDS.find((entry) => entry.kind === address.kind)?.defaultBaseUrl;
  const baseUrl = address.baseUrl ?? known;
  if (baseUrl === null || baseUrl === undefined)
    throw new Error(`A provider of kind ${address.kind} has no address.`);
  return baseUrl.replace(/\/+$/, "");
}
