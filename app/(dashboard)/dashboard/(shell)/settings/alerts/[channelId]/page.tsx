import { readChannel } from '@/lib/dashboard/alert/view'
import { channelQuery } from '@/components/alert/alert-queries'
import { ChannelPanel } from '@/components/alert/channel-panel'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('alert.title')

export default async function ChannelPage({ params }: { params: Promise<{ channelId: string }> }) {
  const { ctx } = await requireOperator()
  const { channelId } = await params
  const channel = await foundOr404(readChannel(ctx, channelId))
  return (
    <Prefetch entries={[prefetched(channelQuery(channelId), channel)]}>
      <ChannelPanel channelId={channelId} />
    </Prefetch>
  )
}
