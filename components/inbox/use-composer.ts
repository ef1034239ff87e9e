import { type Dispatch, type SetStateAction, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ConversationDetail } from '@/lib/dashboard/conversation/list'
import { useErrorText } from '@/components/queries/use-error-text'
import { type Attachment, readAttachment } from '@/components/inbox/read-attachment'
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

/** What the composer sends: a reply with the draft and an attachment, or the draft as a note. */
export function useComposer({ conversation, draft, canReply, onPending }: Options) {
  const t = useTranslations('inbox.composer')
  const describe = useErrorText()
  const [isNote, setNote] = useState(false)
  const [attachment, setAttachment] = useState<Attachment | null>(null)
  const [problem, setProblem] = useState('')
  const { sendReply, sendNote } = useReply(conversation.id, onPending)
  const hasText = draft.text.trim() !== ''
  const canSend = isNote ? hasText : canReply && (hasText || attachment !== null)

  async function submit(): Promise<void> {
    if (!canSend) return
    const written = draft.text
    setProblem('')
    draft.setText('')
    try {
      if (isNote) await sendNote(written)
      else {
        const chosen = attachment
        setAttachment(null)
        if (chosen) await sendReply(chosen.body, chosen.previewUrl)
        if (written.trim()) await sendReply({ type: 'text', content: written }, null)
      }
      if (isNote) setNote(false)
    } catch (error) {
      setProblem(describe(error))
      draft.restore(written)
    }
  }

  async function addFile(file: File | undefined): Promise<void> {
    if (!file) return
    const chosen = await readAttachment(file, conversation)
    if ('problem' in chosen) return setProblem(t(chosen.problem))
    setProblem('')
    setNote(false)
    setAttachment(chosen)
    draft.field.current?.focus()
  }

  function switchTo(next: boolean): void {
    setNote(next)
    requestAnimationFrame(() => draft.field.current?.focus())
  }

  const removeAttachment = () => setAttachment(null)
  return { isNote, switchTo, attachment, addFile, removeAttachment, problem, canSend, submit }
}
