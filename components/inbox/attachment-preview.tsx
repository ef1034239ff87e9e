'use client'

import FileIcon from 'lucide-react/icons/file'
import X from 'lucide-react/icons/x'
import { useFormatter, useTranslations } from 'use-intl'
import { Picture } from '@/components/ui/picture'
import type { Attachment } from '@/components/inbox/read-attachment'

/** The image or file that the next reply sends, with a button that removes it. */
export function AttachmentPreview({ attachment, onRemove }: { attachment: Attachment; onRemove: () => void }) {
  const t = useTranslations('inbox.composer')
  const format = useFormatter()
  const { previewUrl, name, sizeBytes } = attachment
  const size = `${format.number(Math.max(0.1, sizeBytes / 1024), { maximumFractionDigits: 1 })} KiB`
  return (
    <div className="mb-2 flex items-center gap-3">
      {previewUrl ? (
        <Picture src={previewUrl} alt={t('image')} className="max-h-20 max-w-40 rounded border border-subtle" />
      ) : (
        <FileIcon size={24} aria-hidden className="shrink-0 text-muted" />
      )}
      <span className="min-w-0 text-sm wrap-anywhere text-muted">
        {previewUrl ? t('imageReady') : t('fileReady', { name, size })}
      </span>
      <button
        type="button"
        aria-label={t('removeFile', { name })}
        onClick={onRemove}
        className="grid size-control shrink-0 place-items-center rounded text-muted hover:bg-hover"
      >
        <X size={16} aria-hidden />
      </button>
    </div>
  )
}
