'use client'

import { useTranslations } from 'use-intl'
import type { AttentionView } from '@/lib/dashboard/overview/attention'
import { useCanChange } from '@/components/shell/role-context'
import { StateBadge } from '@/components/state/state-badge'
import { toneOf } from '@/components/state/states'
import { ButtonLink } from '@/components/ui/button'
import { AttentionGroup } from '@/components/overview/attention-group'
import { AttentionItem } from '@/components/overview/attention-item'
import { ResumeAction } from '@/components/overview/resume-action'

/** Outages: no worker, and endpoints that are down. */
export function ServiceAttention({ attention: { silentWorker, endpoints } }: { attention: AttentionView }) {
  const t = useTranslations('overview')
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
      <AttentionGroup items={endpoints} restHref="/dashboard/callbacks/endpoints">
        {(endpoint) => (
          <AttentionItem
            key={endpoint.applicationId}
            href={`/dashboard/callbacks/endpoints/${endpoint.applicationId}`}
            name={endpoint.applicationName}
            tone={toneOf('endpoint', endpoint.state) === 'bad' ? 'bad' : 'warn'}
            since={endpoint.failingSince}
            action={canChange && <ResumeAction endpoint={endpoint} />}
            dismissal={{ kind: 'endpoint', targetId: endpoint.applicationId, state: endpoint.seenState }}
          >
            <StateBadge kind="endpoint" state={endpoint.state} />
          </AttentionItem>
        )}
      </AttentionGroup>
    </>
  )
}
