'use client'

import { useTranslations } from 'use-intl'
import type { CallbackDetail } from '@/lib/dashboard/callback/detail'
import { StateBadge } from '@/components/state/state-badge'
import { CodeBlock } from '@/components/ui/code-block'
import { RelativeTime } from '@/components/ui/relative-time'
import { CallbackResponse } from '@/components/callback/callback-response'
import { NextAttempt } from '@/components/callback/next-attempt'

/** The attempts of a callback, newest first, below the next one. */
export function AttemptTimeline({ event }: { event: CallbackDetail }) {
  const t = useTranslations('callback')
  return (
    <ol className="flex flex-col gap-4 border-l border-subtle pl-4">
      {event.state === 'pending' && (
        <li>
          <NextAttempt event={event} />
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
              <StateBadge kind="attempt" state={attempt.isDelivered ? 'delivered' : 'failed'}>
                {` · ${t('attemptOf', { number: attempt.number })}`}
              </StateBadge>
              <span className="text-sm wrap-anywhere">
                <CallbackResponse attempt={attempt} />
              </span>
            </span>
            <span className="text-sm text-muted">
              <RelativeTime at={attempt.startedAt} />
            </span>
          </div>
          {attempt.responseExcerpt ? (
            <CodeBlock
              label={`${t('response')} ${attempt.number}`}
              code={attempt.responseExcerpt}
              isWrapped
              className="mt-2 max-h-40 rounded"
            />
          ) : (
            attempt.httpStatus && <p className="mt-1 text-sm text-muted">{t('emptyResponse')}</p>
          )}
        </li>
      ))}
    </ol>
  )
}
