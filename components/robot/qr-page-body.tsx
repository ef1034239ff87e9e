'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { QrPage } from '@/lib/public-page/read-qr-page'
import { QrPanel } from '@/components/robot/qr-panel'

async function readState(qrKey: string): Promise<QrPage> {
  const response = await fetch(`/qr/${qrKey}/state`)
  if (!response.ok) throw new Error(`state: ${response.status}`)
  return response.json()
}

/** The page of a scan link, for the person with the phone: the QR code and its live status. */
export function QrPageBody({ qrKey, initial }: { qrKey: string; initial: QrPage }) {
  const t = useTranslations('qrPage')
  const { data: page, isError } = useQuery({
    queryKey: ['qr', qrKey],
    queryFn: () => readState(qrKey),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data && 'imageUrl' in state.data ? 1000 : false),
  })
  const enterNumber = async (number: string) => {
    const body = JSON.stringify({ number })
    const response = await fetch(`/api/qr/${qrKey}/number`, { method: 'POST', body }).catch(() => null)
    if (!response) return t('offline')
    if (response.ok) return null
    const { error } = await response.json().catch(() => ({ error: {} }))
    return error.reason === 'number_wrong' ? t('numberWrong') : t('numberRefused')
  }
  return (
    <section className="rounded-lg border border-subtle bg-surface px-5 py-8 shadow-card">
      <h1 className="mb-6 text-center text-xl font-semibold">{t('title')}</h1>
      {'imageUrl' in page ? <QrPanel qr={page} enterNumber={enterNumber} /> : <Ending page={page} />}
      {isError && (
        <p role="alert" className="mt-4 text-center text-sm text-warn">
          {t('offline')}
        </p>
      )}
      <p className="mt-6 border-t border-subtle pt-4 text-center text-sm text-muted">
        {t('imageUrl' in page && page.isPrivate ? 'trustPrivate' : 'trust')}
      </p>
    </section>
  )
}

function Ending({ page }: { page: Exclude<QrPage, { imageUrl: unknown }> }) {
  const t = useTranslations('qrPage')
  const isDone = page.state === 'done'
  return (
    <output className="flex flex-col items-center text-center">
      <span
        aria-hidden
        className={
          isDone
            ? 'grid size-16 place-items-center rounded-full bg-accent-soft text-2xl text-accent-ink'
            : 'grid size-16 place-items-center rounded-full bg-sunken text-2xl text-muted'
        }
      >
        {isDone ? '✓' : '!'}
      </span>
      <p className="mt-4 text-lg font-medium">{isDone ? t('done') : t(`ended.${page.endReason ?? 'not_scanned'}`)}</p>
      <p className="mt-1 text-muted">{isDone ? t('doneHint') : t('endedHint')}</p>
    </output>
  )
}
