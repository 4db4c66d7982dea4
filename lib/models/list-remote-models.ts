import { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import type { ModelProviderKind } from "#lib/core/model-provider.ts";
import { baseUrlOf } from "./base-url-of.ts";
import { explainFailure } from "./explain-failure.ts";
import { foreignFormatSentence } from "./foreign-format-sentence.ts";
import { providerFetch } from "./provider-fetch.ts";
import { statusSentence } from "./status-sentence.ts";

/** Where a provider is and how to be let in. */
export interface ProviderAddress {
  kind: ModelProviderKind;
  baseUrl: string | null;
  apiKey: string | null;
}

const MOST_MODELS = 2_000;

const idListSchema = z.object({ data: z.array(z.object({ id: z.string() })) });
const googleListSchema = z.object({
  models: z.array(z.object({ name: z.string(), supportedGenerationMethods: z.array(z.string()).optional() })),
});
const errorSchema = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

/**
 * Asks a provider which models it has: their ids, sorted. Throws AppError `upstream_failed` with a sentence that says
 * what is wrong and what to do.
 */
export async function listRemoteModels(address: ProviderAddress, timeoutMs = 10_000): Promise<string[]> {
  const baseUrl = baseUrlOf(address);
  const server = new URL(baseUrl).origin;
  const { path, headers } = requestFor(address);
  let response: Response;
  let body: string;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    response = await providerFetch(address.apiKey)(`${baseUrl}${path}`, { headers, signal });
    body = await response.text();
  } catch (error) {
    throw explainFailure(error, server);
  }
  const json = parseJson(body);
  if (!response.ok) {
    throw new AppError("upstream_failed", statusSentence(response.status, errorMessage(json), server));
  }
  const ids = readIds(address.kind, json);
  if (ids === null) throw new AppError("upstream_failed", foreignFormatSentence(server));
  return ids.toSorted((a, b) => a.localeCompare(b, "en")).slice(0, MOST_MODELS);
}

function requestFor(address: ProviderAddress): { path: string; headers: Record<string, string> } {
  const key = address.apiKey;
  switch (address.kind) {
    case "openai":
    case "openai-compatible":
      return { path: "/models", headers: key === null ? {} : { authorization: `Bearer ${key}` } };
    case "anthropic":
      return {
        path: "/models?limit=1000",
        headers: { "x-api-key": key ?? "", "anthropic-version": "2023-06-01" },
      };
    case "google":
      return { path: "/models?pageSize=1000", headers: { "x-goog-api-key": key ?? "" } };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function errorMessage(json: unknown): string {
  const parsed = errorSchema.safeParse(json);
  if (!parsed.success) return "";
  return typeof parsed.data.error === "string" ? parsed.data.error : parsed.data.error.message;
}

function readIds(kind: ModelProviderKind, json: unknown): string[] | null {
  if (kind === "google") {
    const parsed = googleListSchema.safeParse(json);
    return parsed.success
      ? parsed.data.models
          .filter((model) => model.supportedGenerationMethods?.includes("generateContent") !== false)
          .map((model) => model.name.replace(/^models\//, ""))
      : null;
  }
  const parsed = idListSchema.safeParse(json);
  return parsed.success ? parsed.data.data.map((model) => model.id) : null;
}
