'use client'

import { useTranslations } from 'use-intl'
import type { QunMember } from '@/app/api/dashboard/views/quns'
import { Badge, type Tone } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row, Table } from '@/components/ui/table'

const tones: Record<QunMember['state'], Tone> = {
  asked: 'muted',
  known: 'warn',
  invited: 'warn',
  joined: 'ok',
  refused: 'bad',
  left: 'muted',
}

/** A qun's people and how far they have come. */
export function MemberTable({ members }: { members: QunMember[] }) {
  const t = useTranslations('qun')
  const columns = [
    { key: 'name', title: t('column.member') },
    { key: 'state', title: t('column.status') },
    { key: 'changedAt', title: t('column.changedAt'), className: 'hidden sm:table-cell' },
  ]
  if (members.length === 0) return <p className="text-muted">{t('noMembers')}</p>
  return (
    <Table caption={t('members')} columns={columns}>
      {members.map((member) => (
        <Row key={member.id}>
          <Cell className="break-words">
            {member.nickname} {member.isOwner && <Badge tone="muted">{t('owner')}</Badge>}
            {member.failure && <div className="text-sm text-warn">{member.failure}</div>}
          </Cell>
          <Cell>
            <Badge tone={tones[member.state]}>{t(`memberState.${member.state}`)}</Badge>
          </Cell>
          <Cell className="hidden text-muted sm:table-cell">
            <RelativeTime at={member.changedAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
