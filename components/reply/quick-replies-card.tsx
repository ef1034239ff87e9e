'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { QuickReplyView } from '@/lib/dashboard/reply/quick-replies'
import { quickRepliesKey, quickRepliesQuery } from '@/components/queries/reply-queries'
import { useAction } from '@/components/queries/use-action'
import { QuickReplySheet } from '@/components/reply/quick-reply-sheet'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

/** The quick replies that operators insert into a reply by `/`. */
export function QuickRepliesCard({ applicationId }: { applicationId: string }) {
  const t = useTranslations('reply')
  const canChange = useCanChange()
  const [edited, setEdited] = useState<QuickReplyView | 'new' | null>(null)
  const [removed, setRemoved] = useState<QuickReplyView | null>(null)
  const {
    data: { quickReplies },
  } = useSuspenseQuery(quickRepliesQuery(applicationId))
  const remove = useAction<string>({
    call: (quickReplyId, send) =>
      send('DELETE', '/applications/[applicationId]/quick-replies/[quickReplyId]', {
        ids: { applicationId, quickReplyId },
      }),
    done: t('quickReplyRemoved'),
    refresh: [quickRepliesKey],
    onDone: () => setRemoved(null),
  })
  return (
    <Card
      title={<span id="quick-replies">{t('quickRepliesTitle')}</span>}
      hint={t('quickRepliesHint')}
      action={canChange && <Button onClick={() => setEdited('new')}>{t('newQuickReply')}</Button>}
    >
      {quickReplies.length === 0 && <p className="text-muted">{t('noQuickReplies')}</p>}
      <ul className="divide-y divide-subtle">
        {quickReplies.map((reply) => (
          <li key={reply.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
            <div className="min-w-0 flex-1 basis-60">
              <p className="font-medium wrap-anywhere">/{reply.shortcut}</p>
              <p className="line-clamp-2 text-sm wrap-anywhere whitespace-pre-wrap text-muted">{reply.text}</p>
            </div>
            {canChange && (
              <span className="flex">
                <Button
                  variant="quiet"
                  aria-label={t('editNamed', { name: reply.shortcut })}
                  onClick={() => setEdited(reply)}
                >
                  {t('edit')}
                </Button>
                <Button
                  variant="quiet"
                  aria-label={t('removeNamed', { name: reply.shortcut })}
                  onClick={() => setRemoved(reply)}
                >
                  {t('remove')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {edited && (
        <QuickReplySheet
          applicationId={applicationId}
          quickReply={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog
        isOpen={removed !== null}
        onOpenChange={() => setRemoved(null)}
        title={t('removeAsk', { name: removed?.shortcut ?? '' })}
        action={t('remove')}
        isBusy={remove.isPending}
        onConfirm={() => removed && remove.mutate(removed.id)}
      >
        {t('removeQuickReplyEffect')}
      </ConfirmDialog>
    </Card>
  )
}
