import { CornerDownRight } from "lucide-react";

interface FollowupListProps {
  followups: readonly string[];
  onAsk: (question: string) => void;
}

/** Questions to go on with, under the last answer; a press asks. */
export function FollowupList({ followups, onAsk }: FollowupListProps) {
  return (
    <ul aria-label="Follow-up questions" className="-mt-4 flex flex-col items-start gap-1.5 sm:pl-8.5">
      {followups.map((question) => (
        <li key={question} className="max-w-full">
          <button
            type="button"
            onClick={() => onAsk(question)}
            className="flex min-h-11 max-w-full items-center gap-2 rounded-lg border border-line bg-raised px-3 py-1.5 text-left text-fg-2 hover:border-line-2 hover:bg-hover hover:text-fg sm:min-h-8"
          >
            <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-fg-3" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{question}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
