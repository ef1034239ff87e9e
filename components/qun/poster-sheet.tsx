'use client'

import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/lib/dashboard/qun/detail'
import { Button, DownloadLink } from '@/components/ui/button'
import { Picture } from '@/components/ui/picture'
import { Sheet } from '@/components/ui/sheet'

/** The poster of a group, to download or print; printing leaves the rest of the page out. */
export function PosterSheet({ qun, onClose }: { qun: QunDetail; onClose: () => void }) {
  const t = useTranslations('qun')
  const url = `${new URL(qun.url).pathname}/poster`
  return (
    <Sheet isOpen onOpenChange={onClose} title={t('poster.title', { name: qun.name })} description={t('poster.hint')}>
      <figure className="flex flex-col gap-4">
        <div data-printed className="overflow-hidden rounded border border-subtle bg-white">
          <Picture src={url} alt={t('poster.alt', { name: qun.name })} className="aspect-[1240/1754] w-full" />
        </div>
        <figcaption className="flex flex-wrap items-center gap-2">
          <DownloadLink href={url} download={`${qun.name}.png`}>
            {t('poster.download')}
          </DownloadLink>
          <Button onClick={() => window.print()}>{t('poster.print')}</Button>
        </figcaption>
      </figure>
    </Sheet>
  )
}
