import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { FirstRows } from '@/lib/attention/first-rows'

type Props<Row> = {
  items: FirstRows<Row>
  /** The page with the remaining items. */
  restHref: string
  children: (row: Row) => ReactNode
}

/** The most urgent items of one kind, and a link to the rest. */
export function AttentionGroup<Row>({ items, restHref, children }: Props<Row>) {
  const t = useTranslations('overview')
  const restCount = items.total - items.rows.length
  return (
    <>
      {items.rows.map(children)}
      {restCount > 0 && (
        <li className="pb-2 pl-5 text-sm">
          <Link href={restHref} className="link">
            {t('more', { count: restCount })}
          </Link>
        </li>
      )}
    </>
  )
}
