import type { ModelUsage } from "../core/model-usage.ts";
import type { TokenUsage } from "../core/run-metrics.ts";

/** What one model was used for in one role, as the database keeps it. */
export interface UsageRow extends TokenUsage, Omit<ModelUsage, "usage"> {
  /** Millionths of a US dollar, of a session's summaries; null where no price is known. */
  costMicroUsd?: number | null;
}

/** The columns of such rows, for jsonb_to_recordset. */
export const USAGE_ROW_COLUMNS = `role text, id text, provider text, "inputTokens" int, "outputTokens" int,
  "totalTokens" int, "reasoningTokens" int, "cacheReadTokens" int, "cacheWriteTokens" int, "costMicroUsd" bigint`;

/** Makes the row of a usage. */
export function flatUsage({ usage, ...model }: ModelUsage): UsageRow {
  return { ...model, ...usage };
}
