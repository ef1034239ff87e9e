'use client'

import clsx from 'clsx'
import { type Dispatch, type KeyboardEvent, type SetStateAction, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ConversationDetail } from '@/lib/dashboard/conversation/list'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { useIsTouch } from '@/components/ui/use-is-touch'
import { AttachmentPreview } from '@/components/inbox/attachment-preview'
import { ReplyBlocker, useCanReply } from '@/components/inbox/reply-blocker'
import { ComposerTools } from '@/components/inbox/composer-tools'
import { QuickReplyMenu } from '@/components/inbox/quick-reply-menu'
import type { PendingReply } from '@/components/inbox/timeline'
import { useComposer } from '@/components/inbox/use-composer'
import { useDraft } from '@/components/inbox/use-draft'
import { useQuickReplies } from '@/components/inbox/use-quick-replies'

type Props = { conversation: ConversationDetail; onPending: Dispatch<SetStateAction<PendingReply[]>> }

/** Writes a reply (text, emoji, quick replies, images or files by choice, paste or drop) or a note; states why a reply is impossible. */
export function Composer({ conversation, onPending }: Props) {
  const t = useTranslations('inbox.composer')
  const canChange = useCanChange()
  const isTouch = useIsTouch()
  const canReply = useCanReply(conversation)
  const menuId = useId()
  const [isDragging, setDragging] = useState(false)
  const draft = useDraft(conversation.id)
  const { isNote, switchTo, attachments, addFiles, removeAttachment, problem, canSend, submit } = useComposer({
    conversation,
    draft,
    canReply,
    onPending,
  })
  const { text, caret, field } = draft
  const isEnabled = !isNote && canReply
  const quick = useQuickReplies({ conversation, text, caret, isEnabled, onInsert: draft.write })
  if (!canChange) return <ReplyBlocker conversation={conversation} />

  function onKeyDown(event: KeyboardEvent): void {
    if (quick.onKeyDown(event)) return
    if (event.key === 'Escape') return field.current?.blur()
    // Enter that ends the composition of Chinese characters does not send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void submit()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is a shortcut of the button for files
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
        void addFiles(event.dataTransfer.files)
      }}
      className={clsx('border-t border-subtle px-3 py-2.5 md:px-4', isNote && 'bg-warn-soft')}
    >
      <ReplyBlocker conversation={conversation} />
      {problem && (
        <p role="alert" className="mb-2 text-sm text-bad">
          {problem}
        </p>
      )}
      {attachments.map((attachment) => (
        <AttachmentPreview
          key={attachment.key}
          attachment={attachment}
          onRemove={() => removeAttachment(attachment.key)}
        />
      ))}
      {isDragging && <p className="mb-2 text-sm text-accent-ink">{t('drop')}</p>}
      {quick.isOpen && <QuickReplyMenu id={menuId} applicationId={conversation.applicationId} quick={quick} />}
      <textarea
        ref={field}
        data-key="r"
        rows={2}
        maxLength={2000}
        aria-label={isNote ? t('note') : t('label')}
        placeholder={isNote ? t('notePlaceholder') : t(isTouch ? 'placeholderTouch' : 'placeholder')}
        value={text}
        disabled={!isNote && !canReply}
        aria-autocomplete="list"
        aria-controls={quick.matches.length > 0 ? menuId : undefined}
        aria-activedescendant={quick.matches.length > 0 ? `${menuId}-${quick.index}` : undefined}
        onChange={({ target }) => {
          draft.setText(target.value)
          draft.setCaret(target.selectionEnd)
        }}
        onSelect={({ currentTarget }) => draft.setCaret(currentTarget.selectionEnd)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return
          event.preventDefault()
          void addFiles(event.clipboardData.files)
        }}
        className="field max-h-48 resize-none field-sizing-content"
      />
      <div className="mt-2 flex items-center gap-1">
        <ComposerTools
          isNote={isNote}
          accept={conversation.canSendFiles ? 'any' : conversation.canSendImages ? 'images' : 'none'}
          isDisabled={!canReply}
          onNote={switchTo}
          onEmoji={draft.insert}
          onQuickReplies={draft.openQuickReplies}
          onFiles={addFiles}
        />
        <Button type="submit" variant="primary" className="ml-auto" disabled={!canSend}>
          {isNote ? t('saveNote') : t('send')}
        </Button>
      </div>
    </form>
  )
}
