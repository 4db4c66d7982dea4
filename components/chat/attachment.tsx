"use client";

import { Download, Paperclip } from "lucide-react";
import { useState } from "react";
import { attachmentPath } from "#lib/core/attachment-path.ts";
import type { ConversationFile } from "#lib/core/conversation.ts";
import { formatSize } from "#lib/core/format-size.ts";
import { pageHref } from "../shell/navigation.ts";
import { useShell } from "../shell/shell-context.ts";
import { cn } from "../ui/class-names.ts";
import { useObjectUrl } from "./use-object-url.ts";

/** What every browser draws and none runs; other pictures are offered as files. */
const DRAWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** A file of a question: its name and size, a small picture where it is one; a press downloads it. */
export function Attachment({ file }: { file: ConversationFile }) {
  const href = useHref(file);
  const [broken, setBroken] = useState(false);
  const pictured = DRAWN.has(file.mediaType) && !broken;
  return (
    <a
      href={href ?? undefined}
      download={file.filename}
      title={`Download ${file.filename}`}
      className={cn(
        "group flex max-w-full min-w-0 items-center gap-2 overflow-hidden rounded-md border border-line bg-sunken pr-2.5 text-sm hover:border-line-2 hover:bg-hover",
        pictured ? "h-14" : "h-11 pl-2 sm:h-7",
      )}
    >
      {pictured ? (
        <span className="size-13.5 shrink-0 bg-active">
          {href === null ? null : (
            <img
              src={href}
              alt=""
              loading="lazy"
              decoding="async"
              className="size-full object-cover"
              onError={() => setBroken(true)}
            />
          )}
        </span>
      ) : (
        <Paperclip aria-hidden className="size-3.5 shrink-0 text-fg-3 group-hover:hidden" />
      )}
      {pictured ? null : (
        <Download aria-hidden className="hidden size-3.5 shrink-0 text-fg-2 group-hover:block" />
      )}
      <span className={cn("flex min-w-0 gap-x-2", pictured && "flex-col")}>
        <span className="max-w-60 truncate">{file.filename}</span>
        <span className="shrink-0 text-fg-3 tabular-nums">{formatSize(file.sizeBytes)}</span>
      </span>
    </a>
  );
}

/** The server's address of the file, or one of this page's own while only it has the bytes. */
function useHref({ stored, blob, mediaType }: ConversationFile): string | null {
  const { organization } = useShell();
  // Only pictures keep their type: opened in a tab, anything else must not run on our origin.
  const type = DRAWN.has(mediaType) ? mediaType : "application/octet-stream";
  const local = useObjectUrl(stored === null ? blob : null, type);
  if (stored === null) return local;
  return pageHref(organization.slug, attachmentPath(stored.runId, stored.attachmentId));
}
