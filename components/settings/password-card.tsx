'use client'

import { signIn } from 'next-auth/react'
import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { PasswordField } from '@/components/form/password-field'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'

const empty = { present: '', password: '', again: '' }

/** Changes one's own password: other browsers are signed out with it, this one signs in again by itself. */
export function PasswordCard({ email }: { email: string }) {
  const t = useTranslations('password')
  const { form, field, onSubmit, isBusy, problem } = useActForm({
    schema: () => import('@/app/api/dashboard/forms').then(({ repeatedPasswordForm }) => repeatedPasswordForm),
    values: empty,
    call: async ({ present, password }) => {
      await callDashboard('/account/password', 'PUT', { present, password })
      await signIn('credentials', { email, password, redirect: false })
    },
    done: t('changed'),
    onDone: () => form.reset(empty),
  })
  return (
    <Card title={t('title')} hint={t('hint')}>
      <form noValidate className="flex max-w-[360px] flex-col gap-3" onSubmit={onSubmit}>
        {/* Password managers look for whose password it is. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField label={t('present')} autoComplete="current-password" {...field('present')} />
        <PasswordField label={t('password')} autoComplete="new-password" hint={t('rule')} {...field('password')} />
        <PasswordField label={t('again')} autoComplete="new-password" {...field('again')} />
        <FormProblem problem={problem} />
        <div>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t('change')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
