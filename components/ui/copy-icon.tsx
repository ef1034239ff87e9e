'use client'

import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { copyText } from '@/components/ui/copy-text'

/** Copies the value next to it; `label` names the value where nothing before it does. */
export function CopyIcon({ text, label }: { text: string; label?: string }) {
  const t = useTranslations('common')
  const name = label ?? t('copy')
  const [isCopied, setCopied] = useState(false)
  return (
    <button
      type="button"
      aria-label={isCopied ? t('copied') : name}
      title={isCopied ? t('copied') : name}
      onClick={async () => setCopied(await copyText(text))}
      onBlur={() => setCopied(false)}
      className="-my-1 grid size-7 shrink-0 place-items-center rounded pointer-coarse:-my-1.5 pointer-coarse:size-10 text-muted hover:bg-hover hover:text-ink"
    >
      {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
    </button>
  )
}
