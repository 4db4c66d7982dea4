import { AppError } from "#lib/core/app-error.ts";

interface MediaType {
  /** Lower case, without parameters; empty when the header is missing. */
  essence: string;
  /** The boundary of a multipart body. */
  boundary: string | undefined;
}

/**
 * Reads what kind of body the request says it sends. Compressed bodies and other character sets than UTF-8 are
 * refused with 415.
 */
export function mediaType(headers: Headers): MediaType {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "") {
    throw new AppError(
      "unsupported_media_type",
      "Compressed request bodies are not accepted; send it plain.",
    );
  }
  const [essence = "", ...parameters] = (headers.get("content-type") ?? "").split(";");
  const charset = parameterOf(parameters, "charset")?.toLowerCase();
  if (charset !== undefined && charset !== "utf-8" && charset !== "utf8") {
    throw new AppError(
      "unsupported_media_type",
      "Only UTF-8 text is accepted; drop the charset or send UTF-8.",
    );
  }
  return { essence: essence.trim().toLowerCase(), boundary: parameterOf(parameters, "boundary") };
}

function parameterOf(parameters: string[], name: string): string | undefined {
  for (const parameter of parameters) {
    const [key = "", ...rest] = parameter.split("=");
    if (key.trim().toLowerCase() !== name) continue;
    return rest
      .join("=")
      .trim()
      .replace(/^"(.*)"$/, "$1");
  }
  return undefined;
}
