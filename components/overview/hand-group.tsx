import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { FirstRows } from '@/lib/attention/first-rows'

type Props<Row> = {
  hands: FirstRows<Row>
  /** Where the rest of them is. */
  restHref: string
  children: (row: Row) => ReactNode
}

/** The most urgent of one kind, and the way to the rest. */
export function HandGroup<Row>({ hands, restHref, children }: Props<Row>) {
  const t = useTranslations('overview')
  const restCount = hands.total - hands.rows.length
  return (
    <>
      {hands.rows.map(children)}
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
