import { AppError } from "#lib/core/app-error.ts";
import type { Contract } from "../contract.ts";
import { foldPairs } from "../fold-pairs.ts";
import type { UploadedFile } from "./form-body.ts";
import { mediaType } from "./media-type.ts";
import { readJson } from "./read-json.ts";
import { readMultipart } from "./read-multipart.ts";
import { readUrlencoded } from "./read-urlencoded.ts";

/** What a route's body schema is given, and the uploads beside it. */
interface RawBody {
  value: unknown;
  files: UploadedFile[];
}

/**
 * Reads the body that a contract declares. JSON bodies must say so; forms come urlencoded, as multipart or as a JSON
 * object with the same fields. A missing body is an empty form, or undefined where JSON is expected.
 */
export async function readBody(request: Request, body: Contract["body"]): Promise<RawBody> {
  if (body.kind === "none") return { value: undefined, files: [] };
  const { essence, boundary } = mediaType(request.headers);
  const empty = request.body === null || request.headers.get("content-length") === "0";
  if (empty) return { value: body.kind === "form" ? {} : undefined, files: [] };
  if (essence === "application/json" || (essence.startsWith("application/") && essence.endsWith("+json"))) {
    const value = await readJson(request);
    return { value: value === undefined && body.kind === "form" ? {} : value, files: [] };
  }
  if (body.kind === "form" && essence === "application/x-www-form-urlencoded") {
    const form = await readUrlencoded(request);
    return { value: foldPairs(form.fields, body.schema, "body"), files: [] };
  }
  if (body.kind === "form" && essence === "multipart/form-data") {
    const form = await readMultipart(request, boundary, body.files);
    return { value: foldPairs(form.fields, body.schema, "body"), files: form.files };
  }
  const accepted =
    body.kind === "json"
      ? "application/json"
      : "application/x-www-form-urlencoded, multipart/form-data or application/json";
  throw new AppError("unsupported_media_type", `Send the body as ${accepted}, and say so in content-type.`);
}
