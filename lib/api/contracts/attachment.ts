import { z } from "zod";
import { defineContract } from "../contract.ts";

const idSchema = z.string().min(1).max(128);

/** The bytes of a file that came with a run's question. */
export const getAttachmentContract = defineContract({
  method: "GET",
  path: "/runs/{run_id}/attachments/{attachment_id}",
  operationId: "get_attachment",
  tag: "Attachments",
  summary: "Download an attachment of a run",
  scope: { scope: "sessions:read" },
  params: z.object({ run_id: idSchema, attachment_id: idSchema }),
  query: z.object({}),
  body: { kind: "none" },
  responses: { 200: { description: "The file as it was uploaded", schema: "bytes" } },
});
