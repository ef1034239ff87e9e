'use client'

import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PasswordField } from '@/components/form/password-field'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { useNow } from '@/components/ui/use-now'
import { LockCountdown } from '@/components/sign-in/lock-countdown'

type Problem =
  { kind: 'wrong' | 'unreachable' | 'busy' | 'failed' } | { kind: 'locked'; email: string; untilMs: number }

type Props =
  | { returnPath: string; email?: undefined; onSignedIn?: undefined }
  | { returnPath?: undefined; email: string; onSignedIn: () => void }

/** Signs an operator in and opens the requested page, or signs the same operator in again on top of the current page. */
export function SignInForm({ returnPath, email: ownEmail, onSignedIn }: Props) {
  const t = useTranslations('signIn')
  const now = useNow()
  const [email, setEmail] = useState(ownEmail ?? '')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isLocked = problem?.kind === 'locked' && problem.email === email && problem.untilMs > now
  const isPast = problem?.kind === 'locked' && !isLocked

  async function submit(form: HTMLFormElement) {
    setBusy(true)
    setProblem(null)
    const password = new FormData(form).get('password')
    const response = await signIn('credentials', { email, password, redirect: false }).catch(() => null)
    if (response?.ok && !response.error) {
      if (onSignedIn) return onSignedIn()
      // A full load: data fetched without a session must not be shown in one.
      return location.assign(returnPath)
    }
    setBusy(false)
    const lockedSeconds = Number(response?.error?.match(/^locked:(\d+)/)?.[1])
    if (!response) setProblem({ kind: 'unreachable' })
    else if (lockedSeconds) setProblem({ kind: 'locked', email, untilMs: Date.now() + lockedSeconds * 1000 })
    else if (response.error === 'busy' || response.error === 'failed') setProblem({ kind: response.error })
    else {
      setProblem({ kind: 'wrong' })
      form.querySelector<HTMLInputElement>('[name=password]')?.select()
    }
  }

  return (
    <form
      method="post"
      className="flex flex-col gap-4 rounded-lg border border-subtle bg-surface p-6 shadow-card"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        void submit(event.currentTarget)
      }}
    >
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        readOnly={ownEmail !== undefined}
        required
      />
      <PasswordField label={t('password')} name="password" autoComplete="current-password" required />
      {problem && !isPast && (
        <div role="alert" className="rounded bg-bad-soft px-3 py-2 text-bad">
          {t(problem.kind)}
          {problem.kind === 'locked' && <LockCountdown untilMs={problem.untilMs} />}
        </div>
      )}
      <Button type="submit" variant="primary" isBusy={isBusy} disabled={isLocked} className="min-h-10">
        {t('submit')}
      </Button>
    </form>
  )
}
