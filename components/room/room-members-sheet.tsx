'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/lib/dashboard/room/list'
import { roomMembersQuery } from '@/components/contact/contact-queries'
import { lastingId } from '@/components/contact/lasting-id'
import { useErrorText } from '@/components/queries/use-error-text'
import { useCanChange } from '@/components/shell/role-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { SearchField } from '@/components/ui/search-field'
import { Sheet } from '@/components/ui/sheet'
import { MoreButton } from '@/components/ui/more-button'
import type { ReadMembersAction } from '@/components/room/use-read-members'

type Props = { robotId: string; room: RoomView; read: ReadMembersAction; onClose: () => void }

/** The members of a room as last read from WeChat, with the progress of the reading. */
export function RoomMembersSheet({ robotId, room, read, onClose }: Props) {
  const t = useTranslations('room')
  const canChange = useCanChange() && !room.goneAt
  const describe = useErrorText()
  const [search, setSearch] = useState('')
  const query = useInfiniteQuery(roomMembersQuery({ robotId, roomId: room.id }, search))
  const { data } = query
  const first = data?.pages[0]
  const members = data?.pages.flatMap(({ rows }) => rows) ?? []
  const name = room.name || t('unnamed')
  return (
    <Sheet isOpen onOpenChange={onClose} title={t('roomMembers.title', { name })} description={t('roomMembers.intro')}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <SearchField label={t('roomMembers.search')} value={search} onChange={setSearch} />
        {canChange && (
          <Button isBusy={read.isPending} onClick={() => read.mutate({ isForced: true })}>
            {t('roomMembers.refresh')}
          </Button>
        )}
      </div>
      <output className="mb-3 block text-sm text-muted">
        {read.isPending ? (
          t('roomMembers.loading')
        ) : first?.readAt ? (
          <>
            {t('roomMembers.count', { count: first.memberCount })} · {t('roomMembers.readAt')}{' '}
            <RelativeTime at={first.readAt} />
          </>
        ) : (
          first && t('roomMembers.never')
        )}
      </output>
      {read.error && (
        <p role="alert" className="mb-3 text-sm wrap-anywhere text-bad">
          {describe(read.error)}
        </p>
      )}
      {members.length > 0 && (
        <ul aria-label={t('roomMembers.open')} className="rounded-lg border border-subtle">
          {members.map(({ id, nickname, role, username }) => (
            <li key={id} className="border-b border-subtle px-3 py-2 last:border-b-0">
              <p className="wrap-anywhere">
                {nickname || t('unnamed')} {role === 'owner' && <Badge tone="ok">{t('roomMembers.owner')}</Badge>}
              </p>
              {username && lastingId(username) && <p className="truncate font-mono text-xs text-muted">{username}</p>}
            </li>
          ))}
        </ul>
      )}
      {first && members.length === 0 && search && <p className="text-muted">{t('roomMembers.none')}</p>}
      <MoreButton query={query}>{t('roomMembers.more')}</MoreButton>
    </Sheet>
  )
}
