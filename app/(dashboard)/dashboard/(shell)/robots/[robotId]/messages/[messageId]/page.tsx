import { readMessage } from '@/lib/dashboard/message/detail'
import { MessageDetail } from '@/components/message/message-detail'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { messageQuery } from '@/components/queries/queries'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('message.page')

export default async function MessagePage({ params }: { params: Promise<{ robotId: string; messageId: string }> }) {
  const { ctx } = await requireOperator()
  const ids = await params
  const message = await foundOr404(readMessage(ctx, ids))
  return (
    <Prefetch entries={[prefetched(messageQuery(ids.robotId, ids.messageId), message)]}>
      <MessageDetail robotId={ids.robotId} messageId={ids.messageId} />
    </Prefetch>
  )
}
