import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import type { ConversationDetail } from '@/lib/dashboard/conversation/list'
import { quickRepliesQuery } from '@/components/queries/reply-queries'
import { conversationMessagesQuery } from '@/components/inbox/inbox-queries'
import { findSlashQuery, insertQuickReply, matchQuickReplies } from '@/components/inbox/quick-reply-text'

type Options = {
  conversation: ConversationDetail
  text: string
  caret: number
  isEnabled: boolean
  onInsert: (text: string, selection: [number, number]) => void
}

/**
 * Offers quick replies while the caret follows a `/`. `onKeyDown` returns whether it used the key: arrows move, Enter and Tab insert,
 * Escape closes.
 */
export function useQuickReplies({ conversation, text, caret, isEnabled, onInsert }: Options) {
  const query = isEnabled ? findSlashQuery(text, caret) : null
  const [closedAt, setClosedAt] = useState<number | null>(null)
  const [chosen, setChosen] = useState({ search: '', index: 0 })
  const isOpen = query !== null && closedAt !== query.start
  if (query === null && closedAt !== null) setClosedAt(null)
  const { data, error } = useQuery({ ...quickRepliesQuery(conversation.applicationId), enabled: isOpen })
  const values = useValues(conversation)
  const matches = isOpen && data ? matchQuickReplies(data.quickReplies, query.search) : []
  const index = chosen.search === query?.search ? Math.min(chosen.index, matches.length - 1) : 0

  function choose(at: number): void {
    const reply = matches[at]
    if (!reply || !query) return
    const inserted = insertQuickReply(text, query, { content: reply.text, values })
    onInsert(inserted.text, inserted.selection)
  }

  function onKeyDown(event: KeyboardEvent): boolean {
    if (!isOpen || event.nativeEvent.isComposing) return false
    if (event.key === 'Escape') setClosedAt(query.start)
    else if (matches.length === 0) return false
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : matches.length - 1
      setChosen({ search: query.search, index: (index + step) % matches.length })
    } else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') choose(index)
    else return false
    event.preventDefault()
    return true
  }

  return {
    isOpen,
    isLoading: !data && !error,
    error,
    isNone: data?.quickReplies.length === 0,
    matches,
    index,
    choose,
    onKeyDown,
  }
}

/** Returns the values of the variables; in a room the name is that of the person who wrote last. */
function useValues({ id, roomId, title, robotNickname }: ConversationDetail): Record<string, string> {
  const { data: lastSender = '' } = useInfiniteQuery({
    ...conversationMessagesQuery(id),
    select: ({ pages }) => pages[0]?.messages.find(({ direction }) => direction === 'in')?.senderName ?? '',
  })
  const all = { name: roomId === null ? title : lastSender, group: roomId === null ? '' : title, robot: robotNickname }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value))
}
