'use client'

import clsx from 'clsx'
import ImageIcon from 'lucide-react/icons/image'
import NotebookPen from 'lucide-react/icons/notebook-pen'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { EmojiMenu } from '@/components/inbox/emoji-menu'

type Props = {
  isNote: boolean
  canSendImages: boolean
  onNote: (isNote: boolean) => void
  onEmoji: (emoji: string) => void
  onFile: (file: File | undefined) => Promise<void>
}

const tool =
  'grid size-9 place-items-center rounded text-muted hover:not-disabled:bg-hover hover:not-disabled:text-ink disabled:opacity-55'

/** The tools below the text: emoji, image, and the switch between reply and note. */
export function ComposerTools({ isNote, canSendImages, onNote, onEmoji, onFile }: Props) {
  const t = useTranslations('inbox.composer')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <EmojiMenu onChoose={onEmoji} />
      {!isNote && (
        <button
          type="button"
          aria-label={t('image')}
          title={t('image')}
          disabled={!canSendImages}
          onClick={() => input.current?.click()}
          className={tool}
        >
          <ImageIcon size={18} aria-hidden />
        </button>
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={({ target }) => {
          void onFile(target.files?.[0])
          // The same file can be chosen again.
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
