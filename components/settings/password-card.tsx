'use client'

import { signIn } from 'next-auth/react'
import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { PasswordField } from '@/components/form/password-field'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'

const empty = { currentPassword: '', password: '', again: '' }

/** Changes the operator's own password: other browsers are signed out, this one stays signed in. */
export function PasswordCard({ email }: { email: string }) {
  const t = useTranslations('password')
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/operator/form').then(({ repeatedPasswordForm }) => repeatedPasswordForm),
    values: empty,
    call: async ({ currentPassword, password }, send) => {
      await send('PUT', '/account/password', { body: { currentPassword, password } })
      await signIn('credentials', { email, password, redirect: false })
    },
    done: t('changed'),
    onDone: () => form.reset(empty),
  })
  return (
    <Card title={t('title')} hint={t('hint')}>
      <form noValidate className="flex max-w-[360px] flex-col gap-3" onSubmit={onSubmit}>
        {/* Password managers look for the username. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField label={t('current')} autoComplete="current-password" {...field('currentPassword')} />
        <PasswordField label={t('password')} autoComplete="new-password" hint={t('rule')} {...field('password')} />
        <PasswordField label={t('again')} autoComplete="new-password" {...field('again')} />
        <FormProblem problem={problem} />
        <div>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            {t('change')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
