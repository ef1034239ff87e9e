import { readCallback } from '@/lib/dashboard/callback/detail'
import { CallbackPanel } from '@/components/callback/callback-panel'
import { callbackQuery } from '@/components/queries/callback-queries'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('callback.title')

export default async function CallbackPage({ params }: { params: Promise<{ eventId: string }> }) {
  const { ctx } = await requireOperator()
  const { eventId } = await params
  const event = await foundOr404(readCallback(ctx, eventId))
  return (
    <Prefetch entries={[prefetched(callbackQuery(eventId), event)]}>
      <CallbackPanel eventId={eventId} />
    </Prefetch>
  )
}
