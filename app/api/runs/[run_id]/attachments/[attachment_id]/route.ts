import { getAttachmentContract } from "#lib/api/contracts/attachment.ts";
import { route } from "#lib/api/route.ts";
import { answerAttachment } from "#lib/server/answer-attachment.ts";

export const GET = route(getAttachmentContract, ({ scope, params, request }) =>
  answerAttachment(scope, params.run_id, params.attachment_id, request.headers.get("if-none-match")),
);
