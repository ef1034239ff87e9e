'use client'

import { useTranslations } from 'use-intl'
import type { EndpointSummary } from '@/lib/dashboard/callback/endpoints'
import { SigningSecretCard } from '@/components/application/signing-secret-card'
import { EndpointForm } from '@/components/endpoint/endpoint-form'
import { useNavigate } from '@/components/leave/use-navigate'
import { callbacksKey } from '@/components/queries/callback-queries'
import { useAction } from '@/components/queries/use-action'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { RemovalCard } from '@/components/ui/removal-card'

type Props = { endpoint: EndpointSummary & { endpointId: string } }

/** The settings, the signing secret and the removal of an additional endpoint. */
export default function EndpointSettings({ endpoint }: Props) {
  const t = useTranslations('endpoint')
  const common = useTranslations('common')
  const canChange = useCanChange()
  const navigate = useNavigate()
  const { endpointId, applicationId, endpointName, url, eventTypes, roomScope, robotIds, roomIds, headerNames } =
    endpoint
  const name = endpointName ?? ''
  const remove = useAction({
    call: (_input, send) => send('DELETE', '/endpoints/[endpointId]', { ids: { endpointId } }),
    done: t('removed', { name }),
    refresh: [callbacksKey],
    onDone: () => navigate(`/dashboard/applications/${applicationId}`),
  })
  return (
    <div className="flex max-w-[720px] flex-col gap-4">
      <Card title={t('settingsTitle')} hint={t('settingsHint')}>
        <EndpointForm
          key={endpointId}
          isNew={false}
          applicationId={applicationId}
          values={{
            name,
            url: url ?? '',
            eventTypes,
            roomScope,
            robotIds: robotIds ?? [],
            roomIds: roomIds ?? [],
            headers: headerNames.map((header) => ({ name: header, value: '' })),
          }}
          call={(body, send) =>
            send('PATCH', '/endpoints/[endpointId]', {
              ids: { endpointId },
              body: { ...body, eventTypes: body.eventTypes as never },
            })
          }
          done={t('saved')}
        >
          {({ problem, isBusy, isDirty }) => (
            <>
              {problem}
              {canChange && (
                <div>
                  <Button type="submit" isBusy={isBusy} disabled={!isDirty}>
                    {common('save')}
                  </Button>
                </div>
              )}
            </>
          )}
        </EndpointForm>
      </Card>
      <SigningSecretCard applicationId={applicationId} endpointId={endpointId} />
      {canChange && (
        <RemovalCard namespace="endpoint" name={name} isBusy={remove.isPending} onRemove={() => remove.mutate()} />
      )}
    </div>
  )
}
