import { type Dispatch, type SetStateAction, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ConversationDetail } from '@/lib/dashboard/conversation/list'
import { useErrorText } from '@/components/queries/use-error-text'
import { type Attachment, readAttachments } from '@/components/inbox/read-attachment'
import type { PendingReply } from '@/components/inbox/timeline'
import type { Draft } from '@/components/inbox/use-draft'
import { useReply } from '@/components/inbox/use-reply'

type Options = {
  conversation: ConversationDetail
  draft: Draft
  /** Whether a reply is possible now; a note always is. */
  canReply: boolean
  onPending: Dispatch<SetStateAction<PendingReply[]>>
}

/** What the composer sends: a reply with attachments and the draft, or the draft as a note. What was not sent is put back. */
export function useComposer({ conversation, draft, canReply, onPending }: Options) {
  const t = useTranslations('inbox.composer')
  const describe = useErrorText()
  const [isNote, setNote] = useState(false)
  const [attachments, setAttachments] = useState<Attachment[]>([])
  const [problem, setProblem] = useState('')
  const { sendReply, sendNote } = useReply(conversation.id, onPending)
  const nextKey = useRef(0)
  const hasText = draft.text.trim() !== ''
  const canSend = isNote ? hasText : canReply && (hasText || attachments.length > 0)

  async function submit(): Promise<void> {
    if (!canSend) return
    const written = draft.text
    setProblem('')
    draft.setText('')
    const unsent = isNote ? [] : [...attachments]
    try {
      if (isNote) await sendNote(written)
      else {
        setAttachments([])
        for (let next = unsent[0]; next; next = unsent[0]) {
          await sendReply(next.body, next.previewUrl)
          unsent.shift()
        }
        if (written.trim()) await sendReply({ type: 'text', content: written }, null)
      }
      if (isNote) setNote(false)
    } catch (error) {
      setProblem(describe(error))
      setAttachments((since) => [...unsent, ...since])
      draft.restore(written)
    }
  }

  async function addFiles(files: Iterable<File>): Promise<void> {
    const read = await readAttachments([...files], { ...conversation, takenCount: attachments.length })
    setProblem(read.refused.map(({ name, problem: key }) => t('refused', { name, reason: t(key) })).join(' '))
    if (read.taken.length === 0) return
    setNote(false)
    setAttachments((before) => [...before, ...read.taken.map((one) => ({ ...one, key: ++nextKey.current }))])
    draft.field.current?.focus()
  }

  function switchTo(next: boolean): void {
    setNote(next)
    requestAnimationFrame(() => draft.field.current?.focus())
  }

  const removeAttachment = (key: number) => setAttachments((all) => all.filter((each) => each.key !== key))
  return { isNote, switchTo, attachments, addFiles, removeAttachment, problem, canSend, submit }
}
