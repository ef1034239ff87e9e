import { readMessage } from '@/app/api/dashboard/views/messages'
import { MessageDetail } from '@/components/message/message-detail'
import { Prefetch } from '@/components/queries/prefetch'
import { messageQuery } from '@/components/queries/queries'
import { foundOr404 } from '../../../../found-or-404'
import { pageTitle } from '../../../../page-title'
import { requireOperator } from '../../../../require-operator'

export const generateMetadata = pageTitle('message.page')

export default async function MessagePage({ params }: { params: Promise<{ robotId: string; messageId: string }> }) {
  const { ctx } = await requireOperator()
  const ids = await params
  const message = await foundOr404(readMessage(ctx, ids))
  return (
    <Prefetch entries={[[messageQuery(ids.robotId, ids.messageId), message]]}>
      <MessageDetail robotId={ids.robotId} messageId={ids.messageId} />
    </Prefetch>
  )
}
