import { Busboy } from "@fastify/busboy";
import { AppError } from "#lib/core/app-error.ts";
import { bodyChunks } from "./body-chunks.ts";
import { MAX_FIELD_BYTES, MAX_FIELD_NAME_BYTES, MAX_FIELDS, MAX_TEXT_BODY_BYTES } from "./body-limits.ts";
import { decodeText } from "./decode-text.ts";
import { feed } from "./feed.ts";
import type { FormBody } from "./form-body.ts";
import { tooLarge } from "./too-large.ts";

/** Reads an `application/x-www-form-urlencoded` body of at most 10 MB, 200 fields and 8 MB a field. */
export async function readUrlencoded(request: Request): Promise<FormBody> {
  const pairs: { name: string; value: string }[] = [];
  const parser = new Busboy({
    headers: { "content-type": "application/x-www-form-urlencoded" },
    // One character per byte: what the bytes mean is decided by the strict decoder below.
    defCharset: "latin1",
    limits: { fieldNameSize: MAX_FIELD_NAME_BYTES, fieldSize: MAX_FIELD_BYTES, fields: MAX_FIELDS + 1 },
  });
  await feed(parser, bodyChunks(request, MAX_TEXT_BODY_BYTES), (refuse) => {
    parser.on("field", (name, value, nameCut, valueCut) => {
      if (nameCut) refuse(new AppError("bad_request", "The name of a form field is too long."));
      if (valueCut) refuse(tooLarge("A form field", MAX_FIELD_BYTES));
      pairs.push({ name, value });
      if (pairs.length > MAX_FIELDS) {
        refuse(new AppError("payload_too_large", `A form may have at most ${MAX_FIELDS} fields.`));
      }
    });
  });
  const fields = new Map<string, string[]>();
  for (const pair of pairs) {
    const name = decodeText(Buffer.from(pair.name, "latin1"), ["body"]);
    const value = decodeText(Buffer.from(pair.value, "latin1"), ["body", name]);
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return { fields, files: [] };
}
