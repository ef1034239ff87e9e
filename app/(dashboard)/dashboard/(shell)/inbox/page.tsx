import { conversationListQuery, readConversations } from '@/lib/dashboard/conversation/list'
import { Inbox } from '@/components/inbox/inbox'
import { conversationsQuery, inboxFilters } from '@/components/inbox/inbox-queries'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('inbox.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function InboxPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, inboxFilters)
  const query = conversationListQuery.safeParse(params)
  // The list itself shows why its query is invalid.
  const page = query.success ? await readConversations(ctx, query.data) : null
  const entries = page ? [prefetched(conversationsQuery(params), { pages: [page], pageParams: [''] })] : []
  return (
    <Prefetch entries={entries}>
      <Inbox />
    </Prefetch>
  )
}
