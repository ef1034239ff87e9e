'use client'

import { useTranslations } from 'use-intl'
import type { ArticleView } from '@/lib/dashboard/reply/articles'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { articlesKey } from '@/components/queries/reply-queries'
import { Button } from '@/components/ui/button'
import { TextArea, TextField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'

type Props = {
  applicationId: string
  /** null: a new one. */
  article: ArticleView | null
  onClose: () => void
}

/** Edits an article, or writes one. */
export function ArticleSheet({ applicationId, article, onClose }: Props) {
  const t = useTranslations('reply')
  return (
    <Sheet
      isOpen
      onOpenChange={onClose}
      title={article ? t('editArticle') : t('newArticle')}
      description={t('articleHint')}
    >
      <ArticleForm applicationId={applicationId} article={article} onClose={onClose} />
    </Sheet>
  )
}

function ArticleForm({ applicationId, article, onClose }: Props) {
  const t = useTranslations('reply')
  const { field, onSubmit, isBusy, problem } = useActionForm<{ title: string; content: string }>({
    schema: () => import('@/lib/dashboard/reply/form').then(({ articleForm }) => articleForm),
    values: { title: article?.title ?? '', content: article?.content ?? '' },
    call: (body, send) =>
      article
        ? send('PATCH', '/applications/[applicationId]/articles/[articleId]', {
            ids: { applicationId, articleId: article.id },
            body,
          })
        : send('POST', '/applications/[applicationId]/articles', { ids: { applicationId }, body }),
    done: t('saved'),
    refresh: [articlesKey],
    onDone: onClose,
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField label={t('articleTitle')} {...field('title')} />
      <TextArea label={t('articleContent')} rows={12} {...field('content')} />
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('save')}
      </Button>
    </form>
  )
}
