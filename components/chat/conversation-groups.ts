import type { ConversationSummary } from "./chat-data.ts";

const DAY_MS = 24 * 3_600_000;

export interface ConversationGroup {
  title: "Today" | "Yesterday" | "Last 7 days" | "Earlier";
  conversations: ConversationSummary[];
}

/** Groups conversations by the day of their last message, as the days are in `timeZone`; keeps their order. */
export function conversationGroups(
  conversations: readonly ConversationSummary[],
  nowMs: number,
  timeZone: string,
): ConversationGroup[] {
  const today = dayNumber(nowMs, timeZone);
  const groups: ConversationGroup[] = [];
  for (const conversation of conversations) {
    const title = titleOf(today - dayNumber(conversation.updatedAtMs, timeZone));
    const group = groups.find((each) => each.title === title);
    if (group === undefined) groups.push({ title, conversations: [conversation] });
    else group.conversations.push(conversation);
  }
  return groups;
}

function titleOf(daysAgo: number): ConversationGroup["title"] {
  if (daysAgo <= 0) return "Today";
  if (daysAgo === 1) return "Yesterday";
  return daysAgo <= 7 ? "Last 7 days" : "Earlier";
}

/** Days since the epoch on a calendar of that zone. */
function dayNumber(atMs: number, timeZone: string): number {
  const date = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone }).format(atMs);
  return Date.parse(date) / DAY_MS;
}
