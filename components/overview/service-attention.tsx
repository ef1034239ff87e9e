'use client'

import { useTranslations } from 'use-intl'
import type { AttentionView } from '@/lib/dashboard/overview/attention'
import type { AlertKind } from '@/lib/db/types'
import { useCanChange } from '@/components/shell/role-context'
import { StateBadge } from '@/components/state/state-badge'
import { toneOf } from '@/components/state/states'
import { ButtonLink } from '@/components/ui/button'
import { AttentionGroup } from '@/components/overview/attention-group'
import { AttentionItem } from '@/components/overview/attention-item'
import { ResumeAction } from '@/components/overview/resume-action'

/** Where an operator acts on an open alert. */
const alertPages: Record<AlertKind, string> = {
  robot_offline: '/dashboard/robots',
  endpoint_failing: '/dashboard/callbacks/endpoints',
  endpoint_paused: '/dashboard/callbacks/endpoints',
  worker_silent: '/dashboard/settings/system',
  conversation_waiting: '/dashboard/inbox?view=waiting',
  disk_full: '/dashboard/settings/system',
  database_full: '/dashboard/settings/system',
}

/** Outages: no worker, open alerts about the installation and the inbox, and endpoints that are down. */
export function ServiceAttention({ attention: { silentWorker, endpoints, alerts } }: { attention: AttentionView }) {
  const t = useTranslations('overview')
  const alert = useTranslations('alert')
  const canChange = useCanChange()
  const system = '/dashboard/settings/system'
  return (
    <>
      {silentWorker && (
        <AttentionItem
          href={system}
          name={t('workerSilent')}
          tone="bad"
          since={silentWorker.since}
          action={<ButtonLink href={system}>{t('seeWorkers')}</ButtonLink>}
        >
          {t('workerSilentHint')}
        </AttentionItem>
      )}
      <AttentionGroup items={alerts} restHref="/dashboard/settings/alerts">
        {({ id, kind, params, since }) => (
          <AttentionItem
            key={id}
            href={alertPages[kind]}
            name={String(params['name'] || params['host'] || alert(`kind.${kind}`))}
            tone={kind === 'conversation_waiting' ? 'warn' : 'bad'}
            since={since}
            action={<ButtonLink href={alertPages[kind]}>{t('seeAlert')}</ButtonLink>}
          >
            {alert(`kind.${kind}`)}
          </AttentionItem>
        )}
      </AttentionGroup>
      <AttentionGroup items={endpoints} restHref="/dashboard/callbacks/endpoints">
        {(endpoint) => (
          <AttentionItem
            key={endpoint.id}
            href={`/dashboard/callbacks/endpoints/${endpoint.id}`}
            name={[endpoint.applicationName, endpoint.endpointName].filter(Boolean).join(' · ')}
            tone={toneOf('endpoint', endpoint.state) === 'bad' ? 'bad' : 'warn'}
            since={endpoint.failingSince}
            action={canChange && <ResumeAction endpoint={endpoint} />}
            dismissal={{ kind: 'endpoint', targetId: endpoint.id, state: endpoint.seenState }}
          >
            <StateBadge kind="endpoint" state={endpoint.state} />
          </AttentionItem>
        )}
      </AttentionGroup>
    </>
  )
}
