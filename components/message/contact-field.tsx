'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { contactsQuery } from '@/components/queries/queries'
import { SelectField } from '@/components/ui/field'
import { useNow } from '@/components/ui/use-now'
import { WindowText, windowStateOf } from '@/components/message/reply-window'

type Props = {
  robotId: string
  value: string
  onChange: (contactId: string) => void
  /** Reports whether the person can be written to now. */
  onWindow: (isOpen: boolean) => void
}

/** Selects the contact that receives the message, and shows the remaining reply window. */
export function ContactField({ robotId, value, onChange, onWindow }: Props) {
  const t = useTranslations('message')
  const { data: page } = useQuery(contactsQuery(robotId))
  const contacts = page?.rows
  const nowMs = useNow()
  const contact = contacts?.find(({ id }) => id === value)
  const first = contacts?.[0]?.id
  const window = contact?.replyWindow ?? null
  const isOpen = Boolean(contact) && (window === null || windowStateOf(window, nowMs) === 'open')
  useEffect(() => {
    if (first && !contact) onChange(first)
  }, [first, contact, onChange])
  useEffect(() => onWindow(isOpen), [isOpen, onWindow])
  return (
    <SelectField
      label={t('contact')}
      hint={contact ? window && <WindowText window={window} nowMs={nowMs} /> : contacts && t('noContact')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {!contact && <option value="">—</option>}
      {contacts?.map(({ id, nickname, isOwner }) => (
        <option key={id} value={id}>
          {nickname || (isOwner ? t('owner') : id)}
        </option>
      ))}
    </SelectField>
  )
}
