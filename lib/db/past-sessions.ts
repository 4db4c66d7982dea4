import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { supersededSql } from "./superseded-sql.ts";

/** A question and what was answered, each cut to what was asked for. */
export interface Exchange {
  question: string;
  answer: string;
  createdAt: Date;
}

/** An earlier session, with the beginnings of its newest exchanges, oldest first. */
export interface PastSession {
  id: string;
  title: string | null;
  componentId: string;
  updatedAt: Date;
  exchanges: Exchange[];
}

/** UTF-16 units, about, of a question or an answer in a list. */
const PREVIEW_CHARACTERS = 200;

const TOLD = `r."parentRunId" IS NULL AND r.status IN ('COMPLETED', 'CANCELLED') AND NOT ${supersededSql("r")}`;

/**
 * The newest sessions of exactly the scope's subject (null: of nobody) but this one, newest first; those without an
 * exchange are left out. Reads no more of each exchange than a preview.
 */
export async function listPastSessions(
  scope: Scope,
  { but, sessions, runs }: { but: string; sessions: number; runs: number },
): Promise<PastSession[]> {
  const { rows } = await database().pool.query<Exchange & Omit<PastSession, "exchanges">>(
    `SELECT s.id, s.title, s."componentId", s."updatedAt", r.question, r.answer, r."createdAt"
     FROM (
       SELECT s.id, s.title, s."componentId", s."updatedAt" FROM "Session" s
       WHERE s."organizationId" = $1 AND s.subject IS NOT DISTINCT FROM $2 AND s.id <> $3
         AND EXISTS (SELECT 1 FROM "Run" r WHERE r."organizationId" = $1 AND r."sessionId" = s.id AND ${TOLD})
       ORDER BY s."updatedAt" DESC, s.id LIMIT $4) s
     CROSS JOIN LATERAL (
       SELECT r."inputPreview" AS question, COALESCE(left(r.content, ${PREVIEW_CHARACTERS}), '') AS answer,
         r."createdAt", r.ordinal FROM "Run" r
       WHERE r."organizationId" = $1 AND r."sessionId" = s.id AND ${TOLD}
       ORDER BY r.ordinal DESC LIMIT $5) r
     ORDER BY s."updatedAt" DESC, s.id, r.ordinal`,
    [scope.organizationId, scope.subject, but, sessions, runs],
  );
  const found = new Map<string, PastSession>();
  for (const { question, answer, createdAt, ...session } of rows) {
    const known = found.get(session.id) ?? { ...session, exchanges: [] };
    known.exchanges.push({ question, answer, createdAt });
    found.set(session.id, known);
  }
  return [...found.values()];
}

/** Which exchanges of a session to read. */
export interface ExchangeWindow {
  /** Most exchanges, the newest ones. */
  limit: number;
  /** Most characters of a question or an answer. */
  characters: number;
  /** Only what stands before the run of this id. */
  before?: string;
}

/**
 * The newest exchanges of a session of exactly the scope's subject, oldest first; null when that subject has none of
 * this id.
 */
export async function readExchanges(
  scope: Scope,
  sessionId: string,
  { limit, characters, before }: ExchangeWindow,
): Promise<Exchange[] | null> {
  const { rows } = await database().pool.query<{ [K in keyof Exchange]: Exchange[K] | null }>(
    `SELECT r.question, r.answer, r."createdAt" FROM "Session" s
     LEFT JOIN LATERAL (
       SELECT left(r.input ->> 'content', $4) AS question, COALESCE(left(r.content, $4), '') AS answer,
         r."createdAt", r.ordinal
       FROM "Run" r
       WHERE r."organizationId" = s."organizationId" AND r."sessionId" = s.id AND ${TOLD}
         AND ($6::text IS NULL OR r.ordinal < (
           SELECT b.ordinal FROM "Run" b WHERE b."organizationId" = s."organizationId" AND b.id = $6))
       ORDER BY r.ordinal DESC LIMIT $5) r ON true
     WHERE s."organizationId" = $1 AND s.id = $2 AND s.subject IS NOT DISTINCT FROM $3
     ORDER BY r.ordinal`,
    [scope.organizationId, sessionId, scope.subject, characters, limit, before ?? null],
  );
  if (rows.length === 0) return null;
  return rows.flatMap(({ question, answer, createdAt }) =>
    createdAt === null ? [] : [{ question: question ?? "", answer: answer ?? "", createdAt }],
  );
}
