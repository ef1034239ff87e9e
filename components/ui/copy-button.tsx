'use client'

import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { copyText } from '@/components/ui/copy-text'

/** Copies a text and confirms it; if the browser refuses, asks for a manual copy. */
export function CopyButton({
  text,
  label,
  variant = 'plain',
}: {
  text: string
  label?: string
  variant?: 'plain' | 'primary' | 'quiet'
}) {
  const t = useTranslations('common')
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const words = { idle: label ?? t('copy'), copied: t('copied'), refused: t('copyRefused') }
  return (
    <Button
      variant={variant}
      onClick={async () => setState((await copyText(text)) ? 'copied' : 'refused')}
      onBlur={() => setState('idle')}
    >
      {state === 'copied' ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
      <span aria-live="polite">{words[state]}</span>
    </Button>
  )
}
