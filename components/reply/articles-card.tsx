'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ArticleView } from '@/lib/dashboard/reply/articles'
import { articlesKey, articlesQuery } from '@/components/queries/reply-queries'
import { useAction } from '@/components/queries/use-action'
import { ArticleSheet } from '@/components/reply/article-sheet'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SearchField } from '@/components/ui/search-field'

/** The articles that the model may use: search, import, edit. */
export function ArticlesCard({ applicationId }: { applicationId: string }) {
  const t = useTranslations('reply')
  const canChange = useCanChange()
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(1)
  const [edited, setEdited] = useState<ArticleView | 'new' | null>(null)
  const [removed, setRemoved] = useState<ArticleView | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const params = { ...(page > 1 && { page: String(page) }), ...(search && { q: search }) }
  const { data } = useQuery(articlesQuery(applicationId, params))
  const upload = useAction<{ fileName: string; content: string }, { count: number }>({
    call: (body, send) =>
      send('POST', '/applications/[applicationId]/articles/import', { ids: { applicationId }, body }),
    done: t('imported'),
    refresh: [articlesKey],
  })
  const remove = useAction<string>({
    call: (articleId, send) =>
      send('DELETE', '/applications/[applicationId]/articles/[articleId]', { ids: { applicationId, articleId } }),
    done: t('articleRemoved'),
    refresh: [articlesKey],
    onDone: () => setRemoved(null),
  })
  const { rows = [], total = 0 } = data ?? {}
  return (
    <Card
      title={t('articlesTitle')}
      hint={t('articlesHint')}
      action={
        canChange && (
          <span className="flex flex-wrap gap-2">
            <input
              ref={file}
              type="file"
              accept=".md,.markdown,.txt,.csv"
              className="sr-only"
              aria-label={t('importFile')}
              onChange={async ({ target }) => {
                const chosen = target.files?.[0]
                if (chosen) upload.mutate({ fileName: chosen.name, content: await chosen.text() })
                target.value = ''
              }}
            />
            <Button isBusy={upload.isPending} onClick={() => file.current?.click()}>
              {t('import')}
            </Button>
            <Button onClick={() => setEdited('new')}>{t('newArticle')}</Button>
          </span>
        )
      }
    >
      {(total > 0 || search !== '') && (
        <SearchField
          label={t('searchArticles')}
          value={search}
          onChange={(text) => {
            setSearch(text)
            setPage(1)
          }}
        />
      )}
      {rows.length === 0 && <p className="mt-3 text-muted">{t(search ? 'noArticleMatches' : 'noArticles')}</p>}
      <ul className="mt-2 divide-y divide-subtle">
        {rows.map((article) => (
          <li key={article.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
            <div className="min-w-0 flex-1 basis-60">
              <p className="font-medium wrap-anywhere">{article.title}</p>
              <p className="line-clamp-2 text-sm wrap-anywhere text-muted">{article.content.slice(0, 200)}</p>
              {article.source && <p className="text-sm break-all text-muted">{article.source}</p>}
            </div>
            {canChange && (
              <span className="flex">
                <Button
                  variant="quiet"
                  aria-label={t('editNamed', { name: article.title })}
                  onClick={() => setEdited(article)}
                >
                  {t('edit')}
                </Button>
                <Button
                  variant="quiet"
                  aria-label={t('removeNamed', { name: article.title })}
                  onClick={() => setRemoved(article)}
                >
                  {t('remove')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {total > 50 && (
        <div className="mt-3 flex items-center gap-3">
          <Button disabled={page === 1} onClick={() => setPage(page - 1)}>
            {t('previous')}
          </Button>
          <span className="text-sm text-muted tabular-nums">
            {page} / {Math.ceil(total / 50)}
          </span>
          <Button disabled={page * 50 >= total} onClick={() => setPage(page + 1)}>
            {t('next')}
          </Button>
        </div>
      )}
      {edited && (
        <ArticleSheet
          applicationId={applicationId}
          article={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog
        isOpen={removed !== null}
        onOpenChange={() => setRemoved(null)}
        title={t('removeAsk', { name: removed?.title ?? '' })}
        action={t('remove')}
        isBusy={remove.isPending}
        onConfirm={() => removed && remove.mutate(removed.id)}
      >
        {t('removeArticleEffect')}
      </ConfirmDialog>
    </Card>
  )
}
