'use client'

import { type ComponentProps, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/ui/field'

type Props = Omit<ComponentProps<typeof FieldFrame>, 'children'> & {
  accept: string
  /** undefined: the choice was cancelled. */
  onFile: (file: File | undefined) => void
}

/** Chooses a file, or takes a dropped one. The browser's own control speaks the browser's language, so it is invisible. */
export function FileField({ accept, onFile, ...frame }: Props) {
  const t = useTranslations('common')
  const [name, setName] = useState<string | null>(null)
  return (
    <FieldFrame {...frame}>
      {(ids) => (
        <div className="field relative flex items-center gap-2.5 has-focus-visible:outline-2 has-focus-visible:outline-focus">
          <input
            type="file"
            accept={accept}
            {...ids}
            onChange={({ target }) => {
              const file = target.files?.[0]
              setName(file?.name ?? null)
              onFile(file)
            }}
            className="absolute inset-0 w-full cursor-pointer opacity-0"
          />
          <span aria-hidden className="shrink-0 rounded-sm bg-sunken px-2 py-0.5 text-sm font-medium">
            {t('chooseFile')}
          </span>
          <span aria-hidden className="min-w-0 truncate text-sm text-muted">
            {name ?? t('noFile')}
          </span>
        </div>
      )}
    </FieldFrame>
  )
}
