'use client'

import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { readBase64 } from '@/components/qun/read-base64'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Picture } from '@/components/ui/picture'

const maxBytes = 2 * 1024 * 1024

/** `imageBase64` "": the stored image stays. */
export type RuleImageValue = { hasImage: boolean; imageBase64: string }

type Props = {
  value: RuleImageValue
  onChange: (value: RuleImageValue) => void
  link: Parameters<typeof TextField>[0]
}

/** The image that a rule sends: its link, or an upload. */
export function RuleImageField({ value: { hasImage, imageBase64 }, onChange, link }: Props) {
  const t = useTranslations('reply')
  const file = useRef<HTMLInputElement>(null)
  const [isTooLarge, setTooLarge] = useState(false)
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return
    setTooLarge(chosen.size > maxBytes)
    if (chosen.size <= maxBytes) onChange({ hasImage: true, imageBase64: await readBase64(chosen) })
  }
  return (
    <div className="flex flex-col items-start gap-2">
      {hasImage ? (
        <p className="flex items-center gap-3 text-sm text-muted">
          {imageBase64 && (
            <Picture
              src={`data:image/*;base64,${imageBase64}`}
              alt=""
              className="max-h-20 max-w-40 rounded border border-subtle"
            />
          )}
          {t(imageBase64 ? 'imageChosen' : 'imageStored')}
        </p>
      ) : (
        <TextField className="w-full" {...link} />
      )}
      <input
        ref={file}
        type="file"
        accept="image/*"
        className="sr-only"
        aria-label={t('imageFile')}
        onChange={async ({ target }) => {
          await choose(target.files?.[0])
          // The same file can be chosen again.
          target.value = ''
        }}
      />
      <span className="flex flex-wrap gap-2">
        <Button onClick={() => file.current?.click()}>{t(hasImage ? 'replaceImage' : 'uploadImage')}</Button>
        {hasImage && (
          <Button variant="quiet" onClick={() => onChange({ hasImage: false, imageBase64: '' })}>
            {t('useLink')}
          </Button>
        )}
      </span>
      <p className="text-sm text-bad" aria-live="polite">
        {isTooLarge && t('imageTooLarge')}
      </p>
    </div>
  )
}
