import type { ConversationFile } from "#lib/core/conversation.ts";
import { Attachment } from "./attachment.tsx";

interface AttachmentListProps {
  files: readonly ConversationFile[];
  label?: string;
}

/** The files that came with a question or a result, each to be downloaded. */
export function AttachmentList({ files, label = "Attachments" }: AttachmentListProps) {
  if (files.length === 0) return null;
  return (
    <ul aria-label={label} className="mt-2 flex flex-wrap gap-2">
      {files.map((file, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two files of one question may have the same name.
        <li key={index} className="max-w-full">
          <Attachment file={file} />
        </li>
      ))}
    </ul>
  );
}
