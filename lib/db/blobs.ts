import { createHash } from "node:crypto";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";

/** How long a blob that was put stays, whatever else happens, for whoever is about to refer to it: milliseconds. */
export const BLOB_STAYS_MS = 3_600_000;

/** Bytes kept under their hash. */
export interface StoredBlob {
  mediaType: string;
  sizeBytes: number;
  data: Buffer;
}

// What is put is on the list of blobs that may have lost their references until somebody looks, a day later: whoever put
// it may die before it is referred to.
/**
 * Keeps bytes, or text as UTF-8, under their SHA-256 and returns it in lower-case hex. They stay for hours; what nothing
 * refers to by then goes. The same bytes again cost one look and write nothing; their first media type stays.
 */
export async function putBlob(
  scope: Scope,
  content: Uint8Array | string,
  mediaType: string,
): Promise<string> {
  const data = typeof content === "string" ? Buffer.from(content, "utf8") : Buffer.from(content);
  const hash = createHash("sha256").update(data).digest("hex");
  const known = await database().pool.query(
    `SELECT 1 FROM "Blob" WHERE "organizationId" = $1 AND hash = $2
       AND ("orphanedAt" IS NULL OR "orphanedAt" > now() - interval '1 hour')`,
    [scope.organizationId, hash],
  );
  if (known.rows.length > 0) return hash;
  await database().pool.query(
    `INSERT INTO "Blob" ("organizationId", hash, "mediaType", "sizeBytes", data, "orphanedAt")
     VALUES ($1, $2, $3, $4, $5, now())
     ON CONFLICT ("organizationId", hash) DO UPDATE SET "orphanedAt" = now()`,
    [scope.organizationId, hash, mediaType, data.byteLength, data],
  );
  return hash;
}

/**
 * Returns the bytes kept under a hash, or null when the organization has none. Blobs belong to the organization:
 * a caller who is bound to a subject must have found the hash in a row of that subject.
 */
export async function getBlob(scope: Scope, hash: string): Promise<StoredBlob | null> {
  const { rows } = await database().pool.query<StoredBlob>(
    `SELECT "mediaType", "sizeBytes", data FROM "Blob" WHERE "organizationId" = $1 AND hash = $2`,
    [scope.organizationId, hash],
  );
  return rows[0] ?? null;
}
