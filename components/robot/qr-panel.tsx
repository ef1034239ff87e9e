'use client'

import ExternalLink from 'lucide-react/icons/external-link'
import { useTranslations } from 'use-intl'
import type { QrView } from '@/app/api/dashboard/views/qr'
import { Picture } from '@/components/ui/picture'
import { CountdownRing } from './countdown-ring'

/** A login's code of now with its countdown and what to do; after the scan the face of who scanned. */
export function QrPanel({ qr }: { qr: QrView }) {
  const t = useTranslations('qr')
  const isScanned = qr.state === 'waiting_confirm'
  return (
    <div className="flex flex-col items-center text-center">
      {isScanned ? (
        <Face avatar={qr.avatar} />
      ) : (
        // White in dark mode too: a code on a dark ground is not read by every phone.
        <div className="rounded-lg border border-subtle bg-white p-3">
          {qr.imageUrl ? (
            <Picture src={qr.imageUrl} alt={t('alt')} width={240} height={240} className="block size-[240px]" />
          ) : (
            <div className="animate-pulse-soft grid size-[240px] place-items-center rounded bg-[#eff3f1] text-[#56635c]">
              {t('loading')}
            </div>
          )}
        </div>
      )}
      <div className="mt-4 flex items-center gap-2.5">
        {!isScanned && <CountdownRing expiresAt={qr.expiresAt} />}
        <output className="text-lg font-medium">{t(`state.${qr.state}`)}</output>
      </div>
      <p className="mt-1 max-w-sm text-muted">{t(`hint.${qr.state}`)}</p>
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

function Face({ avatar }: { avatar: string | null }) {
  return (
    <div className="grid size-[266px] place-items-center rounded-lg border border-subtle bg-sunken">
      {avatar ? (
        <Picture src={avatar} alt="" width={120} height={120} className="animate-appear size-[120px] rounded-lg" />
      ) : (
        <span aria-hidden className="text-2xl">
          ✓
        </span>
      )}
    </div>
  )
}
