import { messageListQuery, readMessagePage } from '@/lib/dashboard/message/list'
import { MessageList } from '@/components/message/message-list'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { messageFilters, messagePageQuery } from '@/components/queries/queries'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('message.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AllMessagesPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, messageFilters)
  const entries = await listEntry(messagePageQuery(params), messageListQuery, params, (query) =>
    readMessagePage(ctx, query),
  )
  return (
    <Prefetch entries={entries}>
      <MessageList />
    </Prefetch>
  )
}
