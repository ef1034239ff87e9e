'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AmbiguityView } from '@/lib/dashboard/room/ambiguities'
import { useCanChange } from '@/components/shell/role-context'
import { ambiguitiesQuery, overviewQuery, roomsQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { RoomSummary } from '@/components/room/room-summary'

type Choice = { knownRoomId: string | null }

/** One ambiguous room next to its possible matches, with the two decisions. */
export function AmbiguityItem({
  robotId,
  ambiguity: { room, candidates },
}: {
  robotId: string
  ambiguity: AmbiguityView
}) {
  const t = useTranslations('room')
  const canChange = useCanChange()
  const [choice, setChoice] = useState<Choice | null>(null)
  const name = room.name || t('unnamed')
  const chosen = candidates.find((candidate) => candidate.id === choice?.knownRoomId)
  const decide = useAction({
    call: (body: Choice, send) =>
      send('POST', '/robots/[robotId]/rooms/[roomId]/decision', { ids: { robotId, roomId: room.id }, body }),
    done: t('decided', { name }),
    refresh: [roomsQuery(robotId).queryKey, ambiguitiesQuery(robotId).queryKey, overviewQuery().queryKey],
    onDone: () => setChoice(null),
  })
  return (
    <li className="grid gap-4 border-t border-subtle py-4 first:border-0 first:pt-0 last:pb-0 sm:grid-cols-2">
      <div className="flex flex-col items-start gap-2">
        <h3 className="text-sm text-muted">{t('seenNow')}</h3>
        <RoomSummary room={room} />
        {canChange && <Button onClick={() => setChoice({ knownRoomId: null })}>{t('isNew')}</Button>}
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <h3 className="text-sm text-muted">{t('mayBe')}</h3>
        <ul className="flex flex-col gap-3">
          {candidates.map((candidate) => (
            <li key={candidate.id} className="flex items-start justify-between gap-3 rounded bg-sunken p-3">
              <RoomSummary room={candidate} sharedCount={candidate.sharedCount} />
              {canChange && (
                <Button className="shrink-0" onClick={() => setChoice({ knownRoomId: candidate.id })}>
                  {t('isThis')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
      <ConfirmDialog
        isOpen={choice !== null}
        onOpenChange={(isOpen) => !isOpen && setChoice(null)}
        title={chosen ? t('isThisAsk', { name, known: chosen.name || t('unnamed') }) : t('isNewAsk', { name })}
        action={chosen ? t('isThis') : t('isNew')}
        isBusy={decide.isPending}
        onConfirm={() => choice && decide.mutate(choice)}
      >
        {chosen ? t('isThisEffect') : t('isNewEffect')}
      </ConfirmDialog>
    </li>
  )
}
