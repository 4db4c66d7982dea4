import { z } from "zod";
import { storableText } from "#lib/core/storable-json.ts";

const detailSchema = z.object({
  detail: z.union([
    z.string(),
    z
      .array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() }))
      .min(1)
      .transform(([first]) => `${first?.loc.join(".") ?? ""}: ${first?.msg ?? ""}`),
  ]),
});

const LONGEST = 2_000;

/** The sentence of an API's refusal; the beginning of its text where it has none. */
export function answerSentence(text: string): string {
  let detail: string | undefined;
  try {
    detail = detailSchema.safeParse(JSON.parse(text)).data?.detail;
  } catch {
    // Not JSON: it stands for itself.
  }
  return storableText((detail ?? text).slice(0, LONGEST));
}
