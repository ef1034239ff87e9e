'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Segments } from '@/components/ui/segments'
import { useFilter } from '@/components/ui/use-filter'
import { latestChoiceNames } from '@/lib/message/latest-choices'
import { LatestMessage } from './latest-message'
import { latestChoiceOf, latestMessagesQuery } from './latest-messages-query'

/** The latest messages of all robots, or of those received, sent, or that may not have arrived. */
export function LatestMessages() {
  const t = useTranslations('overview')
  const [asked, setShow] = useFilter('messages')
  const show = latestChoiceOf(asked)
  const { data, error, refetch } = useQuery(latestMessagesQuery(show))
  return (
    <div id="latest-messages" className="scroll-mt-20">
      <Card
        title={t('latestMessages')}
        action={
          <Segments
            label={t('showLabel')}
            value={show}
            onChange={(value) => setShow(value === 'all' ? '' : value)}
            choices={latestChoiceNames.map((value) => ({ value, text: t(`show.${value}`) }))}
          />
        }
      >
        {error && !data && <ErrorState error={error} onRetry={refetch} />}
        {!data && !error && <div className="h-80 animate-pulse-soft rounded bg-sunken" />}
        {data?.length === 0 && <p className="text-muted">{t(`noneOf.${show}`)}</p>}
        {data && data.length > 0 && (
          <ul className="-mx-2">
            {data.map((message) => (
              <LatestMessage key={message.id} message={message} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  )
}
