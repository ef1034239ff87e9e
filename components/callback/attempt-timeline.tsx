'use client'

import { useTranslations } from 'use-intl'
import type { CallbackDetail } from '@/app/api/dashboard/views/callbacks'
import { Badge } from '@/components/ui/badge'
import { CodeBlock } from '@/components/ui/code-block'
import { RelativeTime } from '@/components/ui/relative-time'
import { CallbackAnswer } from './callback-answer'
import { NextTry } from './next-try'

/** The tries of a callback, the last first, under what comes next. */
export function AttemptTimeline({ event }: { event: CallbackDetail }) {
  const t = useTranslations('callback')
  return (
    <ol className="flex flex-col gap-4 border-l border-subtle pl-4">
      {event.state === 'pending' && (
        <li>
          <NextTry event={event} />
        </li>
      )}
      {event.state !== 'pending' && event.attempts.length === 0 && <li className="text-muted">{t('noAttempts')}</li>}
      {event.attempts.toReversed().map((attempt) => (
        <li key={attempt.id} className="relative">
          <span
            aria-hidden
            className={`absolute top-1.5 -left-[21px] size-2.5 rounded-full ring-4 ring-surface ${attempt.isDelivered ? 'bg-accent' : 'bg-bad'}`}
          />
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span className="flex flex-wrap items-center gap-2">
              <Badge tone={attempt.isDelivered ? 'ok' : 'bad'}>
                {t(attempt.isDelivered ? 'attemptOk' : 'attemptFailed', { number: attempt.number })}
              </Badge>
              <span className="text-sm break-words">
                <CallbackAnswer attempt={attempt} />
              </span>
            </span>
            <span className="text-sm text-muted">
              <RelativeTime at={attempt.startedAt} />
            </span>
          </div>
          {attempt.answerExcerpt ? (
            <CodeBlock
              label={`${t('answer')} ${attempt.number}`}
              code={attempt.answerExcerpt}
              isWrapped
              className="mt-2 max-h-40 rounded"
            />
          ) : (
            attempt.httpStatus && <p className="mt-1 text-sm text-muted">{t('emptyAnswer')}</p>
          )}
        </li>
      ))}
    </ol>
  )
}
