'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ambiguitiesQuery } from '@/components/queries/queries'
import { Card } from '@/components/ui/card'
import { AmbiguityItem } from '@/components/room/ambiguity-item'

/** Rooms that only an operator can identify; renders nothing if there are none. */
export function AmbiguityList({ robotId }: { robotId: string }) {
  const t = useTranslations('room')
  const { data: ambiguities } = useQuery(ambiguitiesQuery(robotId))
  if (!ambiguities?.length) return null
  return (
    <Card className="mb-6" title={t('ambiguousTitle', { count: ambiguities.length })} hint={t('ambiguousHint')}>
      <ul>
        {ambiguities.map((ambiguity) => (
          <AmbiguityItem key={ambiguity.room.id} robotId={robotId} ambiguity={ambiguity} />
        ))}
      </ul>
    </Card>
  )
}
