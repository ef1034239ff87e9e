'use client'

import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard, DashboardError } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { TextField } from '@/components/ui/field'

const empty = { present: '', password: '', again: '' }

/** Changes one's own password: other browsers are signed out with it, this one signs in again by itself. */
export function PasswordCard({ email }: { email: string }) {
  const t = useTranslations('password')
  const describe = useErrorText()
  const [typed, setTyped] = useState(empty)
  const change = useAct({
    call: async () => {
      const { present, password } = typed
      await callDashboard('/account/password', 'PUT', { present, password })
      await signIn('credentials', { email, password, redirect: false })
    },
    done: t('changed'),
    isQuiet: true,
    onDone: () => setTyped(empty),
  })
  const wrongField = change.error instanceof DashboardError ? change.error.parameter : undefined
  const problemOf = (name: string) => (change.error && wrongField === name ? describe(change.error) : null)
  const isSame = typed.password === typed.again
  const field = (name: keyof typeof empty) => ({
    label: t(name),
    type: 'password',
    value: typed[name],
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value }),
    required: true,
  })
  return (
    <Card title={t('title')} hint={t('hint')}>
      <form
        className="flex max-w-[360px] flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (isSame) change.mutate()
        }}
      >
        {/* Password managers look for whose password it is. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <TextField {...field('present')} autoComplete="current-password" error={problemOf('present')} />
        <TextField
          {...field('password')}
          autoComplete="new-password"
          minLength={10}
          hint={t('rule')}
          error={problemOf('password')}
        />
        <TextField
          {...field('again')}
          autoComplete="new-password"
          error={typed.again && !isSame ? t('different') : null}
        />
        {change.error && !problemOf(wrongField ?? '') && (
          <p role="alert" className="text-sm text-bad">
            {describe(change.error)}
          </p>
        )}
        <div>
          <Button type="submit" look="primary" isBusy={change.isPending} disabled={!isSame}>
            {t('change')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
