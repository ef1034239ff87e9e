'use client'

import clsx from 'clsx'
import ImageIcon from 'lucide-react/icons/image'
import MessageSquareQuote from 'lucide-react/icons/message-square-quote'
import NotebookPen from 'lucide-react/icons/notebook-pen'
import Paperclip from 'lucide-react/icons/paperclip'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { EmojiMenu } from '@/components/inbox/emoji-menu'

type Props = {
  isNote: boolean
  /** What the connection can send. */
  accept: 'any' | 'images' | 'none'
  /** Whether a reply is impossible now. */
  isDisabled: boolean
  onNote: (isNote: boolean) => void
  onEmoji: (emoji: string) => void
  onQuickReplies: () => void
  onFiles: (files: Iterable<File>) => Promise<void>
}

const tool =
  'grid size-control place-items-center rounded text-muted hover:not-disabled:bg-hover hover:not-disabled:text-ink disabled:opacity-55'

/** The tools below the text: emoji, image or file, quick replies, and the switch between reply and note. */
export function ComposerTools({ isNote, accept, isDisabled, onNote, onEmoji, onQuickReplies, onFiles }: Props) {
  const t = useTranslations('inbox.composer')
  const label = t(accept === 'any' ? 'attach' : accept === 'images' ? 'image' : 'noUploads')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <EmojiMenu onChoose={onEmoji} />
      {!isNote && (
        <button
          type="button"
          aria-label={label}
          title={label}
          disabled={isDisabled || accept === 'none'}
          onClick={() => input.current?.click()}
          className={tool}
        >
          {accept === 'any' ? <Paperclip size={18} aria-hidden /> : <ImageIcon size={18} aria-hidden />}
        </button>
      )}
      {!isNote && (
        <button
          type="button"
          aria-label={t('quickReplies')}
          title={t('quickReplies')}
          disabled={isDisabled}
          onClick={onQuickReplies}
          className={tool}
        >
          <MessageSquareQuote size={18} aria-hidden />
        </button>
      )}
      <input
        ref={input}
        type="file"
        multiple
        accept={accept === 'any' ? undefined : 'image/*'}
        hidden
        onChange={({ target }) => {
          void onFiles(target.files ?? [])
          // The same files can be chosen again.
          target.value = ''
        }}
      />
      <button
        type="button"
        data-key="n"
        aria-label={t('noteMode')}
        title={t('noteMode')}
        aria-pressed={isNote}
        onClick={() => onNote(!isNote)}
        className={clsx(tool, isNote && 'bg-surface text-warn')}
      >
        <NotebookPen size={18} aria-hidden />
      </button>
    </>
  )
}
