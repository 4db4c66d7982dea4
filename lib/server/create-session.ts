import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import { mergeJson } from "#lib/core/merge-json.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { ComponentType, createSessionSchema, SessionDetail } from "#lib/core/session.ts";
import { savedState } from "#lib/core/transient-state.ts";
import { createSession as createStoredSession } from "#lib/db/sessions.ts";
import { checkDatabaseQuery } from "./check-database-query.ts";
import { getSessionDetail } from "./get-session-detail.ts";
import { resolveAgent } from "./resolve-agent.ts";

/** A session to open: whose, of which component, with which name and state. */
export interface CreateSessionInput {
  type: ComponentType;
  db_id?: string;
  body: z.infer<typeof createSessionSchema>;
  /** The credential's own subject; wins over the body's `user_id`. */
  subject: string | null;
}

/**
 * Opens a session before its first run. Throws not_found (unknown agent), conflict (id taken),
 * invalid (no component named), not_supported (teams and workflows).
 */
export async function createSession(scope: Scope, input: CreateSessionInput): Promise<SessionDetail> {
  const { body } = input;
  checkDatabaseQuery({ db_id: input.db_id });
  if (input.type !== "agent") {
    throw new AppError("not_supported", `Sessions of a ${input.type} cannot be opened yet. Use type=agent.`);
  }
  if (body.agent_id === null || body.agent_id === undefined) {
    throw new AppError("invalid", "agent_id is required", {
      issues: [{ type: "missing", loc: ["body", "agent_id"], msg: "Field required", input: null }],
    });
  }
  const { definition } = await resolveAgent(scope, body.agent_id);
  const created = await createStoredSession(scope, {
    id: body.session_id ?? randomUUID(),
    subject: input.subject ?? body.user_id ?? null,
    componentType: "agent",
    componentId: definition.id,
    title: body.session_name ?? null,
    state: savedState(mergeJson(definition.session_state, body.session_state ?? {})),
    metadata: body.metadata ?? null,
  });
  return getSessionDetail(scope, created.id, {});
}
