/** Where the API serves an attachment of a run, below its base URL. */
export function attachmentPath(runId: string, attachmentId: string): string {
  return `/runs/${encodeURIComponent(runId)}/attachments/${encodeURIComponent(attachmentId)}`;
}
