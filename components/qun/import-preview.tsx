'use client'

import { useTranslations } from 'use-intl'
import type { QunImport } from '@/lib/qun/import-quns'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import { Badge } from '@/components/ui/badge'

const maxShown = 100

/** The rows of a checked file, or its problems, each with line and column. */
export function ImportPreview({ preview, newCount }: { preview: QunImport; newCount: number }) {
  const t = useTranslations('qun.import')
  const column = useTranslations('qun.importColumn')
  const say = useSentenceText()
  const { isImported, rows, problems } = preview
  const existingCount = rows.length - newCount
  if (problems.length > 0)
    return (
      <section aria-label={t('problems')} role="alert" className="flex flex-col gap-2">
        <p className="rounded bg-bad-soft px-3 py-2 text-bad">{t('nothingCreated', { count: problems.length })}</p>
        <ul className="flex flex-col gap-1 text-sm">
          {problems.slice(0, maxShown).map((problem) => (
            <li key={`${problem.line} ${problem.column} ${problem.sentence.reason}`} className="wrap-anywhere">
              {problem.column
                ? t('at', { line: problem.line, column: column(problem.column) })
                : t('atLine', { line: problem.line })}{' '}
              {say(problem.sentence) ?? problem.sentence.reason}
            </li>
          ))}
        </ul>
        {problems.length > maxShown && (
          <p className="text-sm text-muted">{t('more', { count: problems.length - maxShown })}</p>
        )}
      </section>
    )
  return (
    <section aria-label={t('preview')} className="flex flex-col gap-2">
      <output className="rounded bg-accent-soft px-3 py-2">
        {t(isImported ? 'imported' : 'ready', { count: newCount, existing: existingCount })}
      </output>
      <ul className="divide-y divide-subtle">
        {rows.slice(0, maxShown).map((row) => (
          <li key={row.line} className="flex flex-wrap items-center justify-between gap-2 py-2">
            <span className="min-w-0 wrap-anywhere">
              {row.name || row.owner}
              <span className="block text-sm text-muted">
                {t('row', { owner: row.owner, assistant: row.assistant })}
              </span>
            </span>
            <Badge tone={row.outcome === 'new' ? 'ok' : 'muted'}>{t(row.outcome)}</Badge>
          </li>
        ))}
      </ul>
      {rows.length > maxShown && <p className="text-sm text-muted">{t('more', { count: rows.length - maxShown })}</p>}
    </section>
  )
}
