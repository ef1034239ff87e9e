import { messageStreamQuery, readMessages } from '@/lib/dashboard/message/list'
import { MessagePanel } from '@/components/message/message-panel'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { messagesQuery, streamFilters } from '@/components/queries/queries'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('robot.tab.messages')

type Props = {
  params: Promise<{ robotId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function MessagesPage({ params, searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const listParams = pickListParams(await searchParams, streamFilters)
  const entries = await foundOr404(
    listEntry(messagesQuery(robotId, listParams), messageStreamQuery, listParams, async (query) => ({
      pages: [await readMessages(ctx, robotId, query)],
      pageParams: [0],
    })),
  )
  return (
    <Prefetch entries={entries}>
      <MessagePanel robotId={robotId} />
    </Prefetch>
  )
}
