import { getApplicationOrThrow } from '@/lib/application/get-application'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { listQuickReplies } from '@/lib/quick-reply/quick-replies'

/** Returns the quick replies of an application by their shortcuts. @throws NOT_FOUND */
export async function readQuickReplies({ db }: ViewContext, applicationId: string) {
  await getApplicationOrThrow(db, { applicationId })
  const rows = await listQuickReplies(db, { applicationId })
  return { quickReplies: rows.map(({ id, shortcut, text }) => ({ id, shortcut, text })) }
}

export type QuickReplyView = Awaited<ReturnType<typeof readQuickReplies>>['quickReplies'][number]
