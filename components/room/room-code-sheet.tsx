'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { RoomView } from '@/lib/dashboard/room/list'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button, DownloadLink } from '@/components/ui/button'
import { Picture } from '@/components/ui/picture'
import { Sheet } from '@/components/ui/sheet'
import type { RoomCodeAction } from '@/components/room/use-room-code'

type Props = { room: RoomView; code: RoomCodeAction; onClose: () => void }

/** Shows the QR code by which a person joins a room, or why there is none. */
export function RoomCodeSheet({ room, code, onClose }: Props) {
  const t = useTranslations('room')
  const common = useTranslations('common')
  const format = useFormatter()
  const describe = useErrorText()
  const { mutate, data, error, isPending } = code
  const name = room.name || t('unnamed')
  return (
    <Sheet isOpen onOpenChange={onClose} title={t('code.title', { name })} description={t('code.hint')}>
      {data ? (
        <figure className="flex flex-col items-center gap-4">
          <Picture
            src={data.url}
            alt={t('code.alt', { name })}
            className="size-64 rounded bg-white object-contain p-2"
          />
          <figcaption className="text-sm text-muted">
            {t('code.until', {
              date: format.dateTime(new Date(data.expiresAt), { dateStyle: 'medium', timeStyle: 'short' }),
            })}
          </figcaption>
          <DownloadLink href={data.url} download={`${name}.png`}>
            {t('code.download')}
          </DownloadLink>
        </figure>
      ) : error ? (
        <div role="alert" className="flex flex-col items-start gap-3">
          <p className="text-bad wrap-anywhere">{describe(error)}</p>
          <p className="text-muted">{t('code.failed')}</p>
          <Button isBusy={isPending} onClick={() => mutate()}>
            {common('retry')}
          </Button>
        </div>
      ) : (
        <output className="text-muted">{t('code.loading')}</output>
      )}
    </Sheet>
  )
}
