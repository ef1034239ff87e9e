'use client'

import { useTranslations } from 'use-intl'
import { dayOf, endOfDay } from '@/components/form/day'
import { TextField } from '@/components/ui/field'

type Props = {
  label: string
  expiresAt: string | null
  error: string | null
  onChange: (expiresAt: string | null) => void
}

/** The last day of a token. The form holds the exact time of the request body, so an untouched value stays exact. */
export function ExpiryField({ label, expiresAt, error, onChange }: Props) {
  const t = useTranslations('token')
  return (
    <TextField
      label={label}
      hint={t('expiresHint')}
      error={error}
      type="date"
      defaultValue={dayOf(expiresAt)}
      onChange={({ target }) => onChange(endOfDay(target.value))}
    />
  )
}
