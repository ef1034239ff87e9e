import { readCallback } from '@/app/api/dashboard/views/callbacks'
import { CallbackPanel } from '@/components/callback/callback-panel'
import { callbackQuery } from '@/components/queries/callback-queries'
import { Prefetch } from '@/components/queries/prefetch'
import { foundOr404 } from '../../found-or-404'
import { pageTitle } from '../../page-title'
import { requireOperator } from '../../require-operator'

export const generateMetadata = pageTitle('callback.title')

export default async function CallbackPage({ params }: { params: Promise<{ eventId: string }> }) {
  const { ctx } = await requireOperator()
  const { eventId } = await params
  const event = await foundOr404(readCallback(ctx, eventId))
  return (
    <Prefetch entries={[[callbackQuery(eventId), event]]}>
      <CallbackPanel eventId={eventId} />
    </Prefetch>
  )
}
