'use client'

import { useTranslations } from 'use-intl'
import type { QuickReplyView } from '@/lib/dashboard/reply/quick-replies'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { quickRepliesKey } from '@/components/queries/reply-queries'
import { Button } from '@/components/ui/button'
import { TextArea, TextField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'

type Props = {
  applicationId: string
  /** null: a new one. */
  quickReply: QuickReplyView | null
  onClose: () => void
}

/** Edits a quick reply, or writes one. */
export function QuickReplySheet({ applicationId, quickReply, onClose }: Props) {
  const t = useTranslations('reply')
  return (
    <Sheet
      isOpen
      onOpenChange={onClose}
      title={quickReply ? t('editQuickReply') : t('newQuickReply')}
      description={t('quickReplyHint')}
    >
      <QuickReplyForm applicationId={applicationId} quickReply={quickReply} onClose={onClose} />
    </Sheet>
  )
}

function QuickReplyForm({ applicationId, quickReply, onClose }: Props) {
  const t = useTranslations('reply')
  const { field, onSubmit, isBusy, problem } = useActionForm<{ shortcut: string; text: string }>({
    schema: () => import('@/lib/dashboard/reply/form').then(({ quickReplyForm }) => quickReplyForm),
    values: { shortcut: quickReply?.shortcut ?? '', text: quickReply?.text ?? '' },
    call: (body, send) =>
      quickReply
        ? send('PATCH', '/applications/[applicationId]/quick-replies/[quickReplyId]', {
            ids: { applicationId, quickReplyId: quickReply.id },
            body,
          })
        : send('POST', '/applications/[applicationId]/quick-replies', { ids: { applicationId }, body }),
    done: t('saved'),
    refresh: [quickRepliesKey],
    onDone: onClose,
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField label={t('shortcut')} hint={t('shortcutHint')} {...field('shortcut')} />
      <TextArea
        label={t('text')}
        hint={t('quickReplyTextHint', { name: '{name}', group: '{group}', robot: '{robot}' })}
        rows={8}
        {...field('text')}
      />
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('save')}
      </Button>
    </form>
  )
}
