'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { ChannelView } from '@/lib/dashboard/alert/view'
import { channelStateOf } from '@/components/alert/channel-state'
import { CreateChannelSheet, type OwnerRobot } from '@/components/alert/create-channel-sheet'
import { useCanChange } from '@/components/shell/role-context'
import { StateBadge } from '@/components/state/state-badge'
import { TableCard } from '@/components/table/table-card'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row, RowLink } from '@/components/ui/table'

type Props = { channels: ChannelView[]; robots: OwnerRobot[]; isVariableSet: boolean }

/** What the channel of ALERT_WEBHOOK_URL receives. */
const variableKinds = ['endpoint_paused'] as const

/** Lists where alerts are sent to: service, what it receives, and its last message. */
export function ChannelList({ channels, robots, isVariableSet }: Props) {
  const t = useTranslations('alert')
  const format = useFormatter()
  const canChange = useCanChange()
  const [isCreating, setCreating] = useState(false)
  const columns = [
    { key: 'name', title: t('name') },
    { key: 'state', title: t('stateColumn') },
    { key: 'scope', title: t('scope'), className: 'sm:max-md:hidden' },
    { key: 'kinds', title: t('kinds'), className: 'sm:max-lg:hidden' },
  ]
  const create = canChange && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  return (
    <>
      <TableCard
        title={t('channels')}
        hint={t('channelsHint')}
        action={create}
        columns={columns}
        items={isVariableSet ? [...channels, null] : channels}
        empty={<EmptyState title={t('emptyTitle')}>{t('emptyHint')}</EmptyState>}
      >
        {(channel) => (
          <Row key={channel?.id ?? 'variable'}>
            <Cell>
              {channel ? (
                <RowLink href={`/dashboard/settings/alerts/${channel.id}`}>{channel.name}</RowLink>
              ) : (
                <span className="font-mono wrap-anywhere">ALERT_WEBHOOK_URL</span>
              )}
              <div className="text-sm text-muted">{channel ? t(`type.${channel.type}`) : t('variableHint')}</div>
            </Cell>
            <Cell label={t('stateColumn')}>
              <StateBadge kind="channel" state={channel ? channelStateOf(channel) : 'on'} />{' '}
              {channel && <LastMessageTime channel={channel} />}
            </Cell>
            <Cell label={t('scope')} className="wrap-anywhere text-muted sm:max-md:hidden">
              {channel?.applicationName ?? t('installation')}
            </Cell>
            <Cell label={t('kinds')} className="text-sm text-muted sm:max-lg:hidden">
              {format.list((channel?.kinds ?? variableKinds).map((kind) => t(`kind.${kind}`)))}
            </Cell>
          </Row>
        )}
      </TableCard>
      <CreateChannelSheet isOpen={isCreating} onOpenChange={setCreating} robots={robots} />
    </>
  )
}

/** When the last message was sent, or failed. */
function LastMessageTime({ channel: { problem, lastSentAt, lastFailedAt } }: { channel: ChannelView }) {
  const at = problem ? lastFailedAt : lastSentAt
  return (
    at && (
      <span className="text-sm text-muted">
        <RelativeTime at={at} />
      </span>
    )
  )
}
