'use client'

import { useTranslations } from 'use-intl'
import type { AlertView } from '@/lib/dashboard/alert/view'
import { StateBadge } from '@/components/state/state-badge'
import { TableCard } from '@/components/table/table-card'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row } from '@/components/ui/table'

/** The latest alerts, open and closed. */
export function AlertList({ alerts }: { alerts: AlertView[] }) {
  const t = useTranslations('alert')
  const columns = [
    { key: 'kind', title: t('cause') },
    { key: 'state', title: t('stateColumn') },
    { key: 'scope', title: t('scope'), className: 'sm:max-md:hidden' },
    { key: 'opened', title: t('opened') },
  ]
  return (
    <TableCard
      title={t('latest')}
      hint={t('latestHint')}
      columns={columns}
      items={alerts}
      empty={<EmptyState title={t('noAlerts')}>{t('noAlertsHint')}</EmptyState>}
    >
      {({ id, kind, params, applicationName, openedAt, closedAt }) => {
        const { name, robot, application, host } = params
        const target = name || robot || application || host
        return (
          <Row key={id}>
            <Cell>
              <span className="font-medium">{t(`kind.${kind}`)}</span>
              {target && <div className="text-sm text-muted wrap-anywhere">{target}</div>}
            </Cell>
            <Cell label={t('stateColumn')}>
              <StateBadge kind="alert" state={closedAt ? 'closed' : 'open'} />
            </Cell>
            <Cell label={t('scope')} className="wrap-anywhere text-muted sm:max-md:hidden">
              {applicationName ?? t('installation')}
            </Cell>
            <Cell label={t('opened')} className="text-muted">
              <RelativeTime at={openedAt} />
            </Cell>
          </Row>
        )
      }}
    </TableCard>
  )
}
