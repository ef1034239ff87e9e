import type { z } from 'zod'
import { type Dispatch, type SetStateAction, useRef } from 'react'
import type { replyForm } from '@/lib/dashboard/conversation/form'
import { useAction } from '@/components/queries/use-action'
import { conversationQuery, inboxKey } from '@/components/inbox/inbox-queries'
import type { PendingReply } from '@/components/inbox/timeline'

type Reply = z.input<typeof replyForm>

/** Sends replies in the order in which they were written, each shown as pending until the server has it, and notes. */
export function useReply(conversationId: string, onPending: Dispatch<SetStateAction<PendingReply[]>>) {
  const ids = { conversationId }
  const refresh = [
    conversationQuery(conversationId).queryKey.slice(0, 3),
    [...inboxKey, 'list'],
    [...inboxKey, 'waiting'],
  ]
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const number = useRef(0)
  const reply = useAction({
    // The number distinguishes two equal replies.
    call: ({ body }: { number: number; body: Reply }, send) =>
      send('POST', '/conversations/[conversationId]/messages', { ids, body }),
    refresh,
    isQuiet: true,
  })
  const note = useAction({
    call: (text: string, send) => send('POST', '/conversations/[conversationId]/notes', { ids, body: { text } }),
    refresh,
    isQuiet: true,
  })

  async function sendReply(body: Reply, imageUrl: string | null): Promise<void> {
    number.current += 1
    const key = `pending ${number.current}`
    onPending((pending) => [...pending, { key, text: textOf(body), imageUrl }])
    const input = { number: number.current, body }
    const sent = last.current.catch(() => undefined).then(() => reply.mutateAsync(input))
    last.current = sent
    try {
      await sent
    } finally {
      onPending((pending) => pending.filter((each) => each.key !== key))
    }
  }

  return { sendReply, sendNote: (text: string) => note.mutateAsync(text) }
}

function textOf(body: Reply): string {
  return body.type === 'text' ? body.content : body.type === 'file' ? body.fileName : ''
}
