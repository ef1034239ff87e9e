'use client'

import ExternalLink from 'lucide-react/icons/external-link'
import dynamic from 'next/dynamic'
import { useTranslations } from 'use-intl'
import type { QrView } from '@/lib/dashboard/robot/qr'
import { loadPart } from '@/components/ui/load-part'
import { Picture } from '@/components/ui/picture'
import { CountdownRing } from '@/components/robot/countdown-ring'

/** Loaded when WeChat requests a number: most logins need none. */
const NumberForm = dynamic(() =>
  loadPart(() => import('@/components/robot/number-form').then((file) => file.NumberForm)),
)

type Props = {
  qr: QrView
  /** Enters the number that the phone shows; returns the error text, null on success. Absent: the viewer must not enter it. */
  enterNumber?: (number: string) => Promise<string | null>
}

/**
 * The current login QR code with countdown and instructions; after the scan, the form for the number that the phone shows, or the
 * avatar of the account.
 */
export function QrPanel({ qr, enterNumber }: Props) {
  const t = useTranslations('qr')
  const isScanned = qr.state === 'waiting_confirm' || qr.state === 'waiting_code'
  return (
    <div className="flex flex-col items-center text-center">
      {isScanned ? (
        <Avatar avatar={qr.avatar} mark={qr.state === 'waiting_code' ? '123' : '✓'} />
      ) : (
        // White in dark mode as well: some phones cannot read a QR code on a dark background.
        <div className="rounded-lg border border-subtle bg-white p-3">
          {qr.imageUrl ? (
            <Picture
              src={qr.imageUrl}
              alt={t(qr.isCheck ? 'check.alt' : 'alt')}
              width={240}
              height={240}
              className="block size-[240px]"
            />
          ) : (
            <div className="animate-pulse-soft grid size-[240px] place-items-center rounded bg-[#eff3f1] text-[#56635c]">
              {t('loading')}
            </div>
          )}
        </div>
      )}
      <div className="mt-4 flex items-center gap-2.5">
        {!isScanned && <CountdownRing expiresAt={qr.expiresAt} />}
        <output className="text-lg font-medium">{qr.isCheck ? t('check.title') : t(`state.${qr.state}`)}</output>
      </div>
      <p className="mt-1 max-w-sm text-muted">{qr.isCheck ? t('check.hint') : t(`hint.${qr.state}`)}</p>
      {qr.state === 'waiting_code' && enterNumber && <NumberForm enter={enterNumber} />}
      {qr.phoneUrl && (
        <p className="mt-4 rounded bg-warn-soft px-3 py-2 text-sm text-warn">
          {t('simulated')}{' '}
          <a href={qr.phoneUrl} target="_blank" rel="noreferrer" className="font-medium underline underline-offset-3">
            {t('openPhone')} <ExternalLink size={13} aria-hidden className="inline" />
          </a>
        </p>
      )}
    </div>
  )
}

function Avatar({ avatar, mark }: { avatar: string | null; mark: string }) {
  return (
    <div className="grid size-[266px] place-items-center rounded-lg border border-subtle bg-sunken">
      {avatar ? (
        <Picture src={avatar} alt="" width={120} height={120} className="animate-appear size-[120px] rounded-lg" />
      ) : (
        <span aria-hidden className="text-2xl">
          {mark}
        </span>
      )}
    </div>
  )
}
