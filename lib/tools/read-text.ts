import type { Response } from "undici";

const MOST_BYTES = 2_000_000;

/** Reads an answer's body as text in its own encoding. Throws when it is larger than 2 MB, unpacked. */
export async function readText({ body, headers }: Response): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw new Error(`The page is larger than ${MOST_BYTES / 1_000_000} MB.`);
    chunks.push(chunk);
  }
  return new TextDecoder(charsetOf(headers.get("content-type") ?? "")).decode(Buffer.concat(chunks));
}

function charsetOf(mediaType: string): string {
  const named = /charset="?([\w.-]+)/i.exec(mediaType)?.[1];
  try {
    return new TextDecoder(named ?? "utf-8").encoding;
  } catch {
    return "utf-8";
  }
}
