import { readArticles } from '@/lib/dashboard/reply/articles'
import { readQuickReplies } from '@/lib/dashboard/reply/quick-replies'
import { readReplyLog } from '@/lib/dashboard/reply/log'
import { readReplies } from '@/lib/dashboard/reply/replies'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { articlesQuery, quickRepliesQuery, repliesQuery, replyLogQuery } from '@/components/queries/reply-queries'
import { RepliesTab } from '@/components/reply/replies-tab'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('application.tab.replies')

export default async function ApplicationRepliesPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const replies = await foundOr404(readReplies(ctx, applicationId))
  const articles = await readArticles(ctx, { applicationId, query: { page: 1 } })
  const quickReplies = await readQuickReplies(ctx, applicationId)
  const log = await readReplyLog(ctx, applicationId, {})
  return (
    <Prefetch
      entries={[
        prefetched(repliesQuery(applicationId), replies),
        prefetched(articlesQuery(applicationId), articles),
        prefetched(quickRepliesQuery(applicationId), quickReplies),
        prefetched(replyLogQuery(applicationId), { pages: [log], pageParams: [0] }),
      ]}
    >
      <RepliesTab applicationId={applicationId} />
    </Prefetch>
  )
}
