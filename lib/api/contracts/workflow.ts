import { z } from "zod";
import { defineContract } from "../contract.ts";

/** The workflows that the caller may read. AgentOS clients ask for them before they show anything. */
export const listWorkflowsContract = defineContract({
  method: "GET",
  path: "/workflows",
  operationId: "list_workflows",
  tag: "Workflows",
  summary: "List workflows: there are none in this version",
  scope: "authenticated",
  params: z.object({}),
  query: z.object({}),
  body: { kind: "none" },
  responses: {
    200: { description: "Workflows that the caller may read", schema: z.array(z.object({ id: z.string() })) },
  },
});
