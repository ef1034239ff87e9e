'use client'

import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import { Picture } from '@/components/ui/picture'
import type { ChosenImage } from '@/components/inbox/read-image'

/** The image that the next reply sends, with a button that removes it. */
export function ImagePreview({ image, onRemove }: { image: ChosenImage; onRemove: () => void }) {
  const t = useTranslations('inbox.composer')
  return (
    <div className="mb-2 flex items-center gap-3">
      <Picture src={image.previewUrl} alt={t('image')} className="max-h-20 max-w-40 rounded border border-subtle" />
      <span className="text-sm text-muted">{t('imageReady')}</span>
      <button
        type="button"
        aria-label={t('removeImage')}
        onClick={onRemove}
        className="grid size-8 place-items-center rounded text-muted hover:bg-hover"
      >
        <X size={16} aria-hidden />
      </button>
    </div>
  )
}
