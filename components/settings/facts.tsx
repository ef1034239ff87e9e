'use client'

import { useTranslations } from 'use-intl'
import { CopyIcon } from '@/components/ui/copy-icon'

type Texts = ReturnType<typeof useTranslations<'system.fact'>>
type Name = Parameters<Texts>[0] extends infer Key ? (Key extends `${infer Known}.name` ? Known : never) : never

/** `text`: what the copy button copies; "": no button. */
export type Fact = { fact: Name; variable?: string; value: string; text?: string }

/** Effective settings: meaning, value, and the environment variable. */
export function Facts({ facts }: { facts: Fact[] }) {
  const t = useTranslations('system')
  return (
    <dl className="flex flex-col">
      {facts.map(({ fact, variable, value, text = value }) => {
        const name = t(`fact.${fact}.name`)
        return (
          <div
            key={fact}
            className="grid gap-x-6 gap-y-0.5 border-t border-subtle py-2.5 first:border-0 first:pt-0 last:pb-0 sm:grid-cols-[260px_1fr]"
          >
            <dt>
              {name}
              {variable && <span className="block font-mono text-xs break-all text-muted">{variable}</span>}
            </dt>
            <dd className="min-w-0">
              <div className="flex items-start gap-1">
                <span className="min-w-0 py-0.5 wrap-anywhere whitespace-pre-wrap">{value}</span>
                {text && <CopyIcon text={text} label={t('copy', { name })} />}
              </div>
              <p className="text-sm text-muted">{t(`fact.${fact}.hint`)}</p>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
