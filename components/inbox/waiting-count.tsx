'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import { waitingQuery } from '@/components/inbox/inbox-queries'

/** The number of conversations that wait for a person; renders nothing if none does. */
export function WaitingCount({ className }: { className?: string }) {
  const t = useTranslations('inbox')
  const { data } = useQuery(waitingQuery())
  const count = data?.count ?? 0
  if (count === 0) return null
  return (
    <span
      title={t('waitingCount', { count })}
      className={clsx('rounded-full bg-warn-soft px-1.5 text-xs font-medium text-warn tabular-nums', className)}
    >
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('waitingCount', { count })}</span>
    </span>
  )
}
