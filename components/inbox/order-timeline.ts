type Timed = { createdAt: string }
type Item<Message, Entry> =
  { kind: 'message'; at: string; message: Message } | { kind: 'entry'; at: string; entry: Entry }

/**
 * Merges messages, latest first, with entries in any order into one list, oldest first. Messages that arrived together have one time and
 * keep their order; entries of that time follow them.
 */
export function orderTimeline<Message extends Timed, Entry extends Timed>(
  messages: readonly Message[],
  entries: readonly Entry[],
): Item<Message, Entry>[] {
  const items: Item<Message, Entry>[] = [
    ...messages.toReversed().map((message) => ({ kind: 'message' as const, at: message.createdAt, message })),
    ...entries.map((entry) => ({ kind: 'entry' as const, at: entry.createdAt, entry })),
  ]
  return items.sort((one, other) => one.at.localeCompare(other.at))
}
