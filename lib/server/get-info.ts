import { CODE_COMPONENTS } from "#agents/index.ts";
import { PROTOCOL_VERSION, type ServerInfo } from "#lib/core/server-description.ts";
import { environment } from "#lib/env.ts";

/** What anybody may know about this server, signed in or not: nothing of any organization. */
export function getInfo(): ServerInfo {
  return {
    os_id: environment().AGENTOS_ID,
    name: "Gatehouse",
    agno_version: PROTOCOL_VERSION,
    agent_count: CODE_COMPONENTS.length,
    team_count: 0,
    workflow_count: 0,
    mcp: { enabled: false, path: null, oauth: null },
    auth_mode: "jwt",
  };
}
