import { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import { baseUrlOf } from "./base-url-of.ts";
import { explainFailure } from "./explain-failure.ts";
import { foreignFormatSentence } from "./foreign-format-sentence.ts";
import type { ProviderAddress } from "./list-remote-models.ts";
import { providerFetch } from "./provider-fetch.ts";
import { statusSentence } from "./status-sentence.ts";

/** What is to be moderated, and by which model. */
export interface ModerationRequest {
  modelId: string;
  text: string;
  images: readonly { mediaType: string; bytes: Uint8Array }[];
  signal: AbortSignal;
}

const answerSchema = z.object({
  results: z
    .array(z.object({ flagged: z.boolean(), categories: z.record(z.string(), z.boolean().nullish()) }))
    .min(1),
});

/**
 * Asks a moderation model of OpenAI's API, or of a server that speaks it, and returns the categories that it flags; none
 * when it has nothing against the content. Throws AppError: `conflict` for a provider that has no moderation,
 * `upstream_failed` when it does not answer as it should.
 */
export async function moderateContent(
  address: ProviderAddress,
  request: ModerationRequest,
): Promise<string[]> {
  const { kind, apiKey } = address;
  if (kind !== "openai" && kind !== "openai-compatible") {
    throw new AppError(
      "conflict",
      "This provider has no moderation. Choose an OpenAI or OpenAI-compatible connection.",
    );
  }
  const baseUrl = baseUrlOf(address);
  const server = new URL(baseUrl).origin;
  let response: Response;
  let body: string;
  try {
    response = await providerFetch(apiKey)(`${baseUrl}/moderations`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({ model: request.modelId, input: inputOf(request) }),
      signal: request.signal,
    });
    body = await response.text();
  } catch (error) {
    throw explainFailure(error, server);
  }
  if (!response.ok) throw new AppError("upstream_failed", statusSentence(response.status, "", server));
  const { data } = answerSchema.safeParse(parsed(body));
  if (data === undefined) throw new AppError("upstream_failed", foreignFormatSentence(server));
  const flagged = data.results.filter((result) => result.flagged);
  const categories = flagged.flatMap((result) =>
    Object.entries(result.categories).flatMap(([name, isFlagged]) => (isFlagged === true ? [name] : [])),
  );
  // Flagged without a category is flagged all the same.
  return flagged.length > 0 && categories.length === 0 ? ["flagged"] : [...new Set(categories)];
}

/** Text alone goes as text: not every compatible server takes the list. */
function inputOf({ text, images }: ModerationRequest): unknown {
  if (images.length === 0) return text;
  return [
    ...(text === "" ? [] : [{ type: "text", text }]),
    ...images.map(({ mediaType, bytes }) => ({
      type: "image_url",
      image_url: { url: `data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}` },
    })),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
