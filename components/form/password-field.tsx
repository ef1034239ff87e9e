'use client'

import { type ComponentProps, useState } from 'react'
import { useTranslations } from 'use-intl'
import { TextField } from '@/components/ui/field'

/** A password field with a button that shows the password. */
export function PasswordField({ className, ...rest }: ComponentProps<typeof TextField>) {
  const t = useTranslations('form')
  const [isShown, setShown] = useState(false)
  return (
    <div className="relative">
      <TextField {...rest} {...(className && { className })} type={isShown ? 'text' : 'password'} spellCheck={false} />
      <button
        type="button"
        onClick={() => setShown(!isShown)}
        className="absolute -top-1 right-0 rounded after:absolute after:-inset-x-2 after:-inset-y-1.5 px-1.5 py-1 text-sm text-muted hover:text-ink"
      >
        {t(isShown ? 'hide' : 'show')}
        <span className="sr-only">{t('whatIsTyped')}</span>
      </button>
    </div>
  )
}
