'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { CallbackView } from '@/app/api/dashboard/views/callbacks'
import { useCanChange } from '@/components/frame/role-context'
import { attemptsQuery } from '@/components/queries/queries'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { ErrorState } from '@/components/ui/error-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { Sheet } from '@/components/ui/sheet'
import { CallbackAnswer } from './callback-answer'
import { useReplay } from './use-replay'

/** One callback: what was sent and each try with its answer; open while one is chosen in the address bar. */
export function CallbackSheet({ event, onClose }: { event: CallbackView | undefined; onClose: () => void }) {
  const t = useTranslations('callback')
  const canChange = useCanChange()
  const replay = useReplay()
  return (
    <Sheet isOpen={Boolean(event)} onOpenChange={onClose} title={event?.type ?? ''} description={event?.id ?? ''}>
      {event && (
        <div className="flex flex-col gap-5">
          <section>
            <h3 className="mb-1.5 text-sm font-medium">{t('data')}</h3>
            <CodeBlock label={t('data')} code={JSON.stringify(event.data, null, 2)} className="rounded" />
            <p className="mt-1.5 text-sm text-muted">{t('tokenHidden')}</p>
          </section>
          <section>
            <h3 className="mb-1.5 text-sm font-medium">{t('attempts')}</h3>
            <Attempts eventId={event.id} />
            {event.state === 'pending' && (
              <p className="mt-2 text-sm text-muted">
                {t('nextAttempt')} <RelativeTime at={event.nextAttemptAt} />
              </p>
            )}
          </section>
          {canChange && (
            <div>
              <Button isBusy={replay.isPending} onClick={() => replay.mutate({ ids: [event.id] })}>
                {t('replay')}
              </Button>
              <p className="mt-1.5 text-sm text-muted">{t('replayHint')}</p>
            </div>
          )}
        </div>
      )}
    </Sheet>
  )
}

function Attempts({ eventId }: { eventId: string }) {
  const t = useTranslations('callback')
  const { data: attempts, error, refetch } = useQuery(attemptsQuery(eventId))
  if (error && !attempts) return <ErrorState error={error} onRetry={refetch} />
  if (!attempts) return <div className="animate-pulse-soft h-16 rounded bg-sunken" />
  if (attempts.length === 0) return <p className="text-muted">{t('noAttempts')}</p>
  return (
    <ol className="flex flex-col gap-2">
      {attempts.map((attempt) => (
        <li key={attempt.id} className="rounded border border-subtle p-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <Badge tone={attempt.isDelivered ? 'ok' : 'bad'}>
              {t(attempt.isDelivered ? 'attemptOk' : 'attemptFailed', { number: attempt.number })}
            </Badge>
            <span className="text-sm text-muted">
              <RelativeTime at={attempt.startedAt} />
            </span>
          </div>
          <p className="mt-1.5 text-sm break-words">
            <CallbackAnswer attempt={attempt} />
          </p>
          {attempt.answerExcerpt && (
            <CodeBlock
              label={`${t('answer')} ${attempt.number}`}
              code={attempt.answerExcerpt}
              isWrapped
              className="mt-2 max-h-40 rounded"
            />
          )}
        </li>
      ))}
    </ol>
  )
}
