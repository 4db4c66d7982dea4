import { z } from "zod";
import { defineContract } from "../contract.ts";

/** The teams that the caller may read. AgentOS clients ask for them before they show anything. */
export const listTeamsContract = defineContract({
  method: "GET",
  path: "/teams",
  operationId: "list_teams",
  tag: "Teams",
  summary: "List teams: there are none in this version",
  scope: "authenticated",
  params: z.object({}),
  query: z.object({}),
  body: { kind: "none" },
  responses: {
    200: { description: "Teams that the caller may read", schema: z.array(z.object({ id: z.string() })) },
  },
});
