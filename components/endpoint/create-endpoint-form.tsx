'use client'

import { useTranslations } from 'use-intl'
import { EndpointForm } from '@/components/endpoint/endpoint-form'
import { Button } from '@/components/ui/button'

export type CreatedEndpoint = { endpointId: string; signingSecret: string }

type Props = { applicationId: string; onMade: (made: CreatedEndpoint) => void }

/** Creates an additional endpoint for messages of bound rooms, unless chosen otherwise. */
export default function CreateEndpointForm({ applicationId, onMade }: Props) {
  const t = useTranslations('endpoint')
  return (
    <EndpointForm
      isNew
      applicationId={applicationId}
      values={{
        name: '',
        url: '',
        eventTypes: ['send_message'],
        roomScope: 'bound',
        robotIds: [],
        roomIds: [],
        headers: [],
      }}
      call={(body, send) =>
        send('POST', '/applications/[applicationId]/endpoints', {
          ids: { applicationId },
          body: { ...body, eventTypes: body.eventTypes as never },
        })
      }
      onDone={onMade}
    >
      {({ problem, isBusy }) => (
        <>
          {problem}
          <Button type="submit" variant="primary" isBusy={isBusy}>
            {t('create')}
          </Button>
        </>
      )}
    </EndpointForm>
  )
}
