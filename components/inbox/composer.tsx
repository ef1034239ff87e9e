'use client'

import clsx from 'clsx'
import { type Dispatch, type KeyboardEvent, type SetStateAction, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ConversationDetail } from '@/lib/dashboard/conversation/list'
import { useErrorText } from '@/components/queries/use-error-text'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { CannotReply, useCanReply } from '@/components/inbox/cannot-reply'
import { ComposerTools } from '@/components/inbox/composer-tools'
import { type ChosenImage, readChosenImage } from '@/components/inbox/read-image'
import { ImagePreview } from '@/components/inbox/image-preview'
import type { PendingReply } from '@/components/inbox/timeline'
import { useReply } from '@/components/inbox/use-reply'

type Props = { conversation: ConversationDetail; onPending: Dispatch<SetStateAction<PendingReply[]>> }

/** Unsent texts by conversation, kept while the page is open. */
const drafts = new Map<string, string>()

/** Writes a reply (text, emoji, image by choice, paste or drop) or a note; states why a reply is impossible. */
export function Composer({ conversation, onPending }: Props) {
  const t = useTranslations('inbox.composer')
  const describe = useErrorText()
  const canChange = useCanChange()
  const canReply = useCanReply(conversation)
  const { id } = conversation
  const [text, setStoredText] = useState(drafts.get(id) ?? '')
  const setText = (next: string) => {
    drafts.set(id, next)
    setStoredText(next)
  }
  const [isNote, setNote] = useState(false)
  const [image, setImage] = useState<ChosenImage | null>(null)
  const [problem, setProblem] = useState('')
  const [isDragging, setDragging] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const { sendReply, sendNote } = useReply(id, onPending)
  if (!canChange) return <CannotReply conversation={conversation} />

  const canSend = isNote ? text.trim() !== '' : canReply && (text.trim() !== '' || image !== null)

  async function submit(): Promise<void> {
    if (!canSend) return
    const written = text
    setProblem('')
    setText('')
    try {
      if (isNote) await sendNote(written)
      else {
        const chosen = image
        setImage(null)
        if (chosen) await sendReply({ type: 'image', dataBase64: chosen.dataBase64 }, chosen.previewUrl)
        if (written.trim()) await sendReply({ type: 'text', content: written }, null)
      }
      if (isNote) setNote(false)
    } catch (error) {
      setProblem(describe(error))
      // What was written since then stays.
      if (!drafts.get(id)) setText(written)
    }
  }

  async function addFile(file: File | undefined): Promise<void> {
    if (!file) return
    const chosen = await readChosenImage(file)
    if ('problem' in chosen) return setProblem(t(chosen.problem))
    setProblem('')
    setNote(false)
    setImage(chosen)
    field.current?.focus()
  }

  function insert(emoji: string): void {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {}
    setText(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd))
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') return field.current?.blur()
    // Enter that ends the composition of Chinese characters does not send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void submit()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is a shortcut of the image button
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onDragOver={(event) => {
        event.preventDefault()
        setDragging(true)
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={(event) => {
        event.preventDefault()
        setDragging(false)
        void addFile(event.dataTransfer.files[0])
      }}
      className={clsx('border-t border-subtle px-3 py-2.5 md:px-4', isNote && 'bg-warn-soft')}
    >
      <CannotReply conversation={conversation} />
      {problem && (
        <p role="alert" className="mb-2 text-sm text-bad">
          {problem}
        </p>
      )}
      {image && <ImagePreview image={image} onRemove={() => setImage(null)} />}
      {isDragging && <p className="mb-2 text-sm text-accent-ink">{t('drop')}</p>}
      <textarea
        ref={field}
        data-key="r"
        rows={2}
        maxLength={2000}
        aria-label={isNote ? t('note') : t('label')}
        placeholder={isNote ? t('notePlaceholder') : t('placeholder')}
        value={text}
        disabled={!isNote && !canReply}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const [file] = event.clipboardData.files
          if (!file) return
          event.preventDefault()
          void addFile(file)
        }}
        className="field max-h-48 resize-none field-sizing-content"
      />
      <div className="mt-2 flex items-center gap-1">
        <ComposerTools
          isNote={isNote}
          canSendImages={conversation.canSendImages && canReply}
          onNote={(next) => {
            setNote(next)
            requestAnimationFrame(() => field.current?.focus())
          }}
          onEmoji={insert}
          onFile={addFile}
        />
        <Button type="submit" variant="primary" className="ml-auto" disabled={!canSend}>
          {isNote ? t('saveNote') : t('send')}
        </Button>
      </div>
    </form>
  )
}
