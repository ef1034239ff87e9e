'use client'

import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button'
import { copyText } from './copy-text'

/** Copies a text and says so; where the browser refuses, it says what to do instead. */
export function CopyButton({
  text,
  label,
  look = 'plain',
}: {
  text: string
  label?: string
  look?: 'plain' | 'primary' | 'quiet'
}) {
  const t = useTranslations('common')
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const words = { idle: label ?? t('copy'), copied: t('copied'), refused: t('copyRefused') }
  return (
    <Button
      look={look}
      onClick={async () => setState((await copyText(text)) ? 'copied' : 'refused')}
      onBlur={() => setState('idle')}
    >
      {state === 'copied' ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
      <span aria-live="polite">{words[state]}</span>
    </Button>
  )
}
