'use client'

import { useFormatter, useTranslations } from 'use-intl'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import { RollForm } from './roll-form'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }
type Rolled = { signingSecret: string; oldEndsAt: string }

/** Gives an application a new signing secret and shows it; both sign for as long as is chosen. */
export function RollSecretSheet({ applicationId, ...sheet }: Props) {
  const t = useTranslations('signing')
  const format = useFormatter()
  const at = (moment: string) => format.dateTime(new Date(moment), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <SecretSheet<Rolled>
      {...sheet}
      title={t('rollTitle')}
      hint={t('rollHint')}
      madeTitle={() => t('rolledTitle')}
      renderForm={(onMade) => (
        <RollForm<Rolled>
          path={`${applicationId}/signing-secret/roll`}
          hint={t('overlapHint')}
          action={t('roll')}
          onMade={onMade}
        />
      )}
      renderMade={(rolled) => (
        <SecretValue
          label={t('title')}
          value={rolled.signingSecret}
          hint={t('rolledUntil', { time: at(rolled.oldEndsAt) })}
        />
      )}
    />
  )
}
