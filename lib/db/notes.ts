import { randomUUID } from "node:crypto";
import { prefixedId } from "../core/ids.ts";
import type { Scope } from "../core/scope.ts";
import { storableText } from "../core/storable-json.ts";
import { database } from "./database.ts";

/** Something that was written down for a subject. */
export interface StoredNote {
  id: string;
  text: string;
  createdAt: Date;
}

/** Writes a note for the scope's subject and returns it. */
export async function createNote(
  scope: Scope,
  note: { sessionId: string; runId: string; text: string },
): Promise<StoredNote> {
  const { rows } = await database().pool.query<StoredNote>(
    `INSERT INTO "Note" ("organizationId", id, subject, "sessionId", "runId", text)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, text, "createdAt"`,
    [
      scope.organizationId,
      prefixedId("note", randomUUID()),
      scope.subject,
      note.sessionId,
      note.runId,
      storableText(note.text),
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("The note was not returned by its insert.");
  return row;
}

/** The newest notes of exactly the scope's subject (null: of nobody), newest first. */
export async function listNotes(scope: Scope, limit: number): Promise<StoredNote[]> {
  const { rows } = await database().pool.query<StoredNote>(
    `SELECT id, text, "createdAt" FROM "Note"
     WHERE "organizationId" = $1 AND subject IS NOT DISTINCT FROM $2 ORDER BY "createdAt" DESC, id LIMIT $3`,
    [scope.organizationId, scope.subject, limit],
  );
  return rows;
}
