'use client'

// oxlint-disable jsx-a11y/prefer-tag-over-role -- a select cannot be filtered by a text field that keeps the focus

import clsx from 'clsx'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { QuickReplyView } from '@/lib/dashboard/reply/quick-replies'
import { useErrorText } from '@/components/queries/use-error-text'
import type { useQuickReplies } from '@/components/inbox/use-quick-replies'

type Props = { id: string; applicationId: string; quick: ReturnType<typeof useQuickReplies> }

/** The quick replies that match what follows the `/`, above the text that they are inserted into. */
export function QuickReplyMenu({ id, applicationId, quick }: Props) {
  const t = useTranslations('inbox.quickReplies')
  const describe = useErrorText()
  const { matches, index, choose, isLoading, error, isNone } = quick
  return (
    <div className="animate-appear mb-2 overflow-hidden rounded-lg border border-subtle bg-surface shadow-raised">
      {matches.length > 0 ? (
        <div id={id} role="listbox" aria-label={t('title')} className="max-h-56 overflow-y-auto p-1">
          {matches.map((reply, at) => (
            <Option
              key={reply.id}
              id={`${id}-${at}`}
              reply={reply}
              isActive={at === index}
              onChoose={() => choose(at)}
            />
          ))}
        </div>
      ) : (
        <output className="block px-4 py-3 text-sm text-muted">
          {error ? describe(error) : isLoading ? t('loading') : t(isNone ? 'none' : 'noMatch')}
        </output>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 border-t border-subtle px-4 py-1 text-sm">
        <span className="text-muted max-md:hidden">{t('keys')}</span>
        <Link
          href={`/dashboard/applications/${applicationId}/replies#quick-replies`}
          className="link inline-flex min-h-control items-center"
        >
          {t('manage')}
        </Link>
      </div>
    </div>
  )
}

type OptionProps = { id: string; reply: QuickReplyView; isActive: boolean; onChoose: () => void }

function Option({ id, reply, isActive, onChoose }: OptionProps) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the text field has the focus and handles the keys
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      // The text field keeps the focus, and a phone its keyboard.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={clsx('min-h-11 cursor-pointer rounded px-3 py-1.5 hover:bg-hover', isActive && 'bg-hover')}
    >
      <span className="block truncate font-medium">/{reply.shortcut}</span>
      <span className="line-clamp-2 text-sm wrap-anywhere text-muted">{reply.text}</span>
    </div>
  )
}
