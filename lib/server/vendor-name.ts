import { type ModelProviderKind, providerKindLabel } from "#lib/core/model-provider.ts";

/** The wire's `model_provider`: the vendor's name, or for a compatible server the name that its connection was given. */
export function vendorName(provider: { kind: ModelProviderKind; name: string }): string {
  return provider.kind === "openai-compatible" ? provider.name : providerKindLabel(provider.kind);
}
