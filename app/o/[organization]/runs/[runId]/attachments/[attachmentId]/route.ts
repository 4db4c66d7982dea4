import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { AppError } from "#lib/core/app-error.ts";
import { scopeOf } from "#lib/core/principal.ts";
import { answerAttachment } from "#lib/server/answer-attachment.ts";

interface AttachmentAddress {
  params: Promise<{ organization: string; runId: string; attachmentId: string }>;
}

/** The API's download for the console's links and pictures, which cannot name their organization in a header. */
export async function GET(request: Request, { params }: AttachmentAddress): Promise<Response> {
  const { organization, runId, attachmentId } = await params;
  const principal = await requirePrincipal(organization);
  try {
    return await answerAttachment(
      scopeOf(principal),
      runId,
      attachmentId,
      request.headers.get("if-none-match"),
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(error.message, { status: error.status, headers: { "cache-control": "no-store" } });
  }
}
