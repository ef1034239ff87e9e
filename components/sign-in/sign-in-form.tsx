'use client'

import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

/** Signs an operator in and goes on to the page that was wanted. */
export function SignInForm({ returnPath }: { returnPath: string }) {
  const t = useTranslations('signIn')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function submit() {
    setBusy(true)
    setProblem(null)
    const answer = await signIn('credentials', { email, password, redirect: false }).catch(() => null)
    // A full load: what was fetched for nobody must not be shown to somebody.
    if (answer?.ok && !answer.error) return location.assign(returnPath)
    setBusy(false)
    const lockedSeconds = Number(answer?.error?.match(/^locked:(\d+)/)?.[1])
    if (!answer) setProblem(t('unreachable'))
    else setProblem(lockedSeconds ? t('locked', { minutes: Math.ceil(lockedSeconds / 60) }) : t('wrong'))
  }

  return (
    <form
      method="post"
      className="flex flex-col gap-4 rounded-lg border border-subtle bg-surface p-6 shadow-card"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        required
      />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        required
      />
      {problem && (
        <p role="alert" className="rounded bg-bad-soft px-3 py-2 text-bad">
          {problem}
        </p>
      )}
      <Button type="submit" look="primary" isBusy={isBusy} className="min-h-10">
        {t('submit')}
      </Button>
    </form>
  )
}
