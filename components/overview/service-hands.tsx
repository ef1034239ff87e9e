'use client'

import { useTranslations } from 'use-intl'
import type { Hands } from '@/app/api/dashboard/views/hands'
import { useCanChange } from '@/components/frame/role-context'
import { ButtonLink } from '@/components/ui/button'
import { HandGroup } from './hand-group'
import { HandItem } from './hand-item'
import { ResumeRemedy } from './resume-remedy'

/** What stands still for everybody: no worker, and endpoints that take nothing. */
export function ServiceHands({ hands: { silentWorker, endpoints } }: { hands: Hands }) {
  const t = useTranslations('overview')
  const endpointText = useTranslations('endpoint')
  const canChange = useCanChange()
  const system = '/dashboard/settings/system'
  return (
    <>
      {silentWorker && (
        <HandItem
          href={system}
          name={t('workerSilent')}
          tone="bad"
          since={silentWorker.since}
          remedy={<ButtonLink href={system}>{t('seeWorkers')}</ButtonLink>}
        >
          {t('workerSilentHint')}
        </HandItem>
      )}
      <HandGroup hands={endpoints} restHref="/dashboard/applications">
        {(endpoint) => (
          <HandItem
            key={endpoint.applicationId}
            href={`/dashboard/applications/${endpoint.applicationId}`}
            name={endpoint.applicationName}
            tone={endpoint.state === 'paused' ? 'bad' : 'warn'}
            since={endpoint.failingSince}
            remedy={canChange && <ResumeRemedy endpoint={endpoint} />}
          >
            {endpointText(`state.${endpoint.state}`)}
          </HandItem>
        )}
      </HandGroup>
    </>
  )
}
