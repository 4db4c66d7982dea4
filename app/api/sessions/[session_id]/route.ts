import {
  deleteSessionContract,
  getSessionContract,
  updateSessionContract,
} from "#lib/api/contracts/session.ts";
import { route } from "#lib/api/route.ts";
import { deleteSessions } from "#lib/server/delete-sessions.ts";
import { getSessionDetail } from "#lib/server/get-session-detail.ts";
import { updateSession } from "#lib/server/update-session.ts";

export const GET = route(getSessionContract, ({ scope, params, query }) =>
  getSessionDetail(scope, params.session_id, query),
);

export const PATCH = route(updateSessionContract, ({ scope, params, body, query }) =>
  updateSession(scope, params.session_id, body, query),
);

export const DELETE = route(deleteSessionContract, async ({ scope, params, query }) => {
  await deleteSessions(scope, { session_ids: [params.session_id], session_types: ["agent"] }, query);
  return { status: 204, body: null };
});
