'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { OutputOf } from '@/lib/dashboard/wire'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import { RotateForm } from '@/components/application/rotate-form'

type Props = {
  applicationId: string
  endpointId?: string | undefined
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}
type Rotated = OutputOf<'POST', '/applications/[applicationId]/signing-secret/rotate'>

/** Rotates the signing secret and shows the new one; both sign during the overlap. */
export function RotateSecretSheet({ applicationId, endpointId, ...sheet }: Props) {
  const t = useTranslations('signing')
  const format = useFormatter()
  const at = (timestamp: string) => format.dateTime(new Date(timestamp), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <SecretSheet<Rotated>
      {...sheet}
      title={t('rotateTitle')}
      hint={t('rotateHint')}
      madeTitle={() => t('rotatedTitle')}
      renderForm={(onMade) => (
        <RotateForm
          call={({ overlapSeconds }, send) =>
            endpointId
              ? send('POST', '/endpoints/[endpointId]/signing-secret/rotate', {
                  ids: { endpointId },
                  body: { overlapSeconds },
                })
              : send('POST', '/applications/[applicationId]/signing-secret/rotate', {
                  ids: { applicationId },
                  body: { overlapSeconds },
                })
          }
          hint={t('overlapHint')}
          action={t('rotate')}
          onMade={onMade}
        />
      )}
      renderMade={(rotated) => (
        <SecretValue
          label={t('title')}
          value={rotated.signingSecret}
          hint={t('rotatedUntil', { time: at(rotated.oldEndsAt) })}
        />
      )}
    />
  )
}
