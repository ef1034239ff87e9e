'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

/** Asks for the number that the phone shows during a login. `enter` returns the error text; null: WeChat took the number. */
export function NumberForm({ enter }: { enter: (number: string) => Promise<string | null> }) {
  const t = useTranslations('qr.number')
  const [number, setNumber] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    const digits = number.trim()
    if (isBusy) return
    if (!/^\d{1,12}$/.test(digits)) return setError(t('invalid'))
    setBusy(true)
    setError(null)
    const problem = await enter(digits)
    setBusy(false)
    setError(problem)
    if (problem) setNumber('')
  }
  return (
    <form
      noValidate
      aria-label={t('title')}
      className="mt-4 flex w-full max-w-[266px] flex-col gap-3 text-left"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <TextField
        label={t('label')}
        error={error}
        inputMode="numeric"
        maxLength={12}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('submit')}
      </Button>
    </form>
  )
}
