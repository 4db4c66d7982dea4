import {
  createSessionContract,
  deleteSessionsContract,
  listSessionsContract,
} from "#lib/api/contracts/session.ts";
import { route } from "#lib/api/route.ts";
import { createSession } from "#lib/server/create-session.ts";
import { deleteSessions } from "#lib/server/delete-sessions.ts";
import { listSessions } from "#lib/server/list-sessions.ts";

export const GET = route(listSessionsContract, ({ scope, query }) => listSessions(scope, query));

export const POST = route(createSessionContract, async ({ principal, scope, query, body }) => ({
  status: 201,
  body: await createSession(scope, { ...query, body, subject: principal.subject }),
}));

export const DELETE = route(deleteSessionsContract, async ({ scope, body, query }) => {
  await deleteSessions(scope, body, query);
  return { status: 204, body: null };
});
