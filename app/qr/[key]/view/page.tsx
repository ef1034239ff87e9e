import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { QrPageBody } from '@/components/robot/qr-page-body'
import { webContext } from '@/lib/http/web-context'
import { getTranslator } from '@/lib/i18n/get-translator'
import { readQrPage } from '@/lib/public-page/read-qr-page'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator()
  return { title: t('qrPage.title'), robots: { index: false }, referrer: 'no-referrer' }
}

export default async function QrPage({ params }: { params: Promise<{ key: string }> }) {
  const { key } = await params
  const page = await readQrPage(webContext(), key)
  if (!page) notFound()
  return (
    <main className="mx-auto flex min-h-dvh max-w-[420px] flex-col items-stretch justify-center px-4 py-8">
      <QrPageBody qrKey={key} initial={page} />
      <noscript>
        <meta httpEquiv="refresh" content="4" />
      </noscript>
    </main>
  )
}
