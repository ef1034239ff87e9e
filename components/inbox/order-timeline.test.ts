import { expect, it } from 'vitest'
import { orderTimeline } from '@/components/inbox/order-timeline'

const at = (id: string, second: number) => ({ id, createdAt: `2026-11-30T08:00:0${second}.000Z` })
const idsOf = (messages: ReturnType<typeof at>[], entries: ReturnType<typeof at>[]) =>
  orderTimeline(messages, entries).map((item) => (item.kind === 'message' ? item.message.id : item.entry.id))

it.each([
  ['messages that arrived together in their order', [at('m3', 1), at('m2', 1), at('m1', 1)], [], ['m1', 'm2', 'm3']],
  ['an entry between the messages of its time', [at('m2', 3), at('m1', 1)], [at('e1', 2)], ['m1', 'e1', 'm2']],
  ['an entry after messages of the same time', [at('m2', 1), at('m1', 1)], [at('e1', 1)], ['m1', 'm2', 'e1']],
  ['entries before and after all messages', [at('m1', 2)], [at('e1', 1), at('e2', 3)], ['e1', 'm1', 'e2']],
  ['entries alone', [], [at('e2', 2), at('e1', 1)], ['e1', 'e2']],
])('a timeline shows %s', (_, messages, entries, expected) => {
  expect(idsOf(messages, entries)).toEqual(expected)
})
