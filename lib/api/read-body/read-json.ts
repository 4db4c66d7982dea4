import { validationFailure } from "#lib/core/validation-failure.ts";
import { bodyChunks } from "./body-chunks.ts";
import { MAX_TEXT_BODY_BYTES } from "./body-limits.ts";
import { decodeText } from "./decode-text.ts";

/** Reads a JSON body of at most 10 MB. Returns undefined for an empty one; text that is not JSON is a 422. */
export async function readJson(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(request, MAX_TEXT_BODY_BYTES)) chunks.push(chunk);
  const text = decodeText(Buffer.concat(chunks), ["body"]).replace(/^\uFEFF/, "");
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "Not JSON";
    const position = /position (\d+)/.exec(reason)?.[1];
    throw validationFailure([
      {
        type: "json_invalid",
        loc: position === undefined ? ["body"] : ["body", Number(position)],
        msg: "JSON decode error",
        input: {},
        ctx: { error: reason.replace(/[^\x20-\x7e]/g, "?").slice(0, 200) },
      },
    ]);
  }
}
