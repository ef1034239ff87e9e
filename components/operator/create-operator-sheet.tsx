'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'
import { NewPasswordSheet } from './new-password-sheet'
import { operatorsQuery } from './operators-query'

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }
const roles = ['viewer', 'admin'] as const

/** Lets one more person in; the password is made here and shown this once. */
export function CreateOperatorSheet({ isOpen, onOpenChange }: Props) {
  const t = useTranslations('operators')
  const operator = useTranslations('operator')
  const describe = useErrorText()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<string>('viewer')
  const create = useAct({
    call: () => callDashboard<{ password: string }>('/operators', 'POST', { email: email.trim(), role }),
    refresh: [operatorsQuery().queryKey],
    isQuiet: true,
  })
  if (create.data)
    return (
      <NewPasswordSheet
        email={email}
        password={isOpen ? create.data.password : null}
        onSaved={() => onOpenChange(false)}
      />
    )
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('create')} description={t('createHint')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <TextField
          label={t('email')}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={create.error && describe(create.error)}
          required
        />
        <SelectField
          label={t('role')}
          hint={operator(role === 'admin' ? 'roleHint.admin' : 'roleHint.viewer')}
          value={role}
          onChange={(event) => setRole(event.target.value)}
        >
          {roles.map((value) => (
            <option key={value} value={value}>
              {operator(`role.${value}`)}
            </option>
          ))}
        </SelectField>
        <Button type="submit" look="primary" isBusy={create.isPending}>
          {t('create')}
        </Button>
      </form>
    </Sheet>
  )
}
