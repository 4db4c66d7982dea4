import { calcPrice, findProvider } from "@pydantic/genai-prices";
import { type ModelProviderKind, SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import type { TokenUsage } from "#lib/core/run-metrics.ts";

const MICRO_USD_PER_USD = 1_000_000;

/** Whose price list applies. */
export interface PriceList {
  kind: ModelProviderKind | typeof SCRIPTED_PROVIDER;
  /** Null: the kind's own address. A compatible server's address tells whose prices apply. */
  baseUrl: string | null;
}

/**
 * The price of a usage in millionths of a US dollar by the list that `@pydantic/genai-prices` ships (list prices of
 * the vendors, see PRICES_DATE), cached reads and writes at their own rates. Null where no price is known: a model
 * that the list does not have, or a server that is not a vendor's.
 */
export function priceOf(list: PriceList, modelId: string, usage: TokenUsage): number | null {
  if (list.kind === SCRIPTED_PROVIDER) return 0;
  const provider =
    list.kind === "openai-compatible"
      ? findProvider({ providerApiUrl: list.baseUrl ?? "" })
      : findProvider({ providerId: list.kind });
  if (provider === undefined) return null;
  const cached = usage.cacheReadTokens + usage.cacheWriteTokens;
  const price = calcPrice(
    {
      input_tokens: Math.max(usage.inputTokens, cached),
      output_tokens: usage.outputTokens,
      cache_read_tokens: usage.cacheReadTokens,
      cache_write_tokens: usage.cacheWriteTokens,
    },
    modelId,
    { provider },
  );
  return price === null ? null : Math.round(price.total_price * MICRO_USD_PER_USD);
}
