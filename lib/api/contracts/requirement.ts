import { z } from "zod";
import { requirementStateSchema } from "#lib/core/requirement-state.ts";
import { defineContract } from "../contract.ts";

/** What a run waits for and has waited for, with who may decide and who has. Ours. */
export const listRequirementsContract = defineContract({
  method: "GET",
  path: "/runs/{run_id}/requirements",
  operationId: "list_requirements",
  tag: "Requirements",
  summary: "List what a run waits for, and what people have decided",
  scope: { scope: "sessions:read" },
  params: z.object({ run_id: z.string().min(1).max(128) }),
  query: z.object({}),
  body: { kind: "none" },
  responses: { 200: { description: "Oldest first", schema: z.array(requirementStateSchema) } },
});
