'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'use-intl'
import type { CreatedEndpoint } from '@/components/endpoint/create-endpoint-form'
import { SecretSheet } from '@/components/form/secret-sheet'
import { useNavigate } from '@/components/leave/use-navigate'
import { loadPart } from '@/components/ui/load-part'
import { SecretValue } from '@/components/ui/secret-value'

/** Loaded when the sheet opens: most visitors of the page create nothing. */
const CreateEndpointForm = dynamic(() =>
  loadPart(() => import('@/components/endpoint/create-endpoint-form').then((file) => file.default)),
)

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Creates an additional endpoint, shows its signing secret once and opens its page, where it is tested. */
export function CreateEndpointSheet({ applicationId, ...sheet }: Props) {
  const t = useTranslations('endpoint')
  const signing = useTranslations('signing')
  const navigate = useNavigate()
  return (
    <SecretSheet<CreatedEndpoint>
      {...sheet}
      title={t('create')}
      hint={t('createHint')}
      madeTitle={() => t('created')}
      renderForm={(onMade) => <CreateEndpointForm applicationId={applicationId} onMade={onMade} />}
      renderMade={({ signingSecret }) => (
        <SecretValue label={signing('title')} value={signingSecret} hint={t('secretHint')} />
      )}
      onSaved={({ endpointId }) => navigate(`/dashboard/callbacks/endpoints/${endpointId}`)}
    />
  )
}
