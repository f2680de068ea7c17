import type { ConversationSummary } from '@contract/conversations';

export interface ChatGroup {
  label: string;
  chats: ConversationSummary[];
}

/** Chats by the day of their last change: Today, Yesterday, Previous 7 days, then by month. Newest first. */
export function groupChats(
  chats: readonly ConversationSummary[],
  now: number,
  locale = 'en-GB',
): readonly ChatGroup[] {
  const groups = new Map<string, ConversationSummary[]>();
  for (const chat of [...chats].sort((a, b) => b.updatedAt - a.updatedAt)) {
    const label = groupLabel(chat.updatedAt, now, locale);
    const group = groups.get(label);
    if (group) group.push(chat);
    else groups.set(label, [chat]);
  }
  return [...groups].map(([label, members]) => ({ label, chats: members }));
}

function groupLabel(at: number, now: number, locale: string): string {
  const daysAgo = dayNumber(now) - dayNumber(at);
  if (daysAgo <= 0) return 'Today';
  if (daysAgo === 1) return 'Yesterday';
  if (daysAgo <= 7) return 'Previous 7 days';
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** Days since an arbitrary start, by the local calendar, so that a day with a clock change is still one day. */
function dayNumber(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
}
