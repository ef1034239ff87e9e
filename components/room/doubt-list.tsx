'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { doubtsQuery } from '@/components/queries/queries'
import { Card } from '@/components/ui/card'
import { DoubtItem } from './doubt-item'

/** Rooms that nobody but a person can know again; nothing where there are none. */
export function DoubtList({ robotId }: { robotId: string }) {
  const t = useTranslations('room')
  const { data: doubts } = useQuery(doubtsQuery(robotId))
  if (!doubts?.length) return null
  return (
    <Card className="mb-6" title={t('doubtTitle', { count: doubts.length })} hint={t('doubtHint')}>
      <ul>
        {doubts.map((doubt) => (
          <DoubtItem key={doubt.room.id} robotId={robotId} doubt={doubt} />
        ))}
      </ul>
    </Card>
  )
}
