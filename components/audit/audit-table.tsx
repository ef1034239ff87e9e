'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { AuditView } from '@/app/api/dashboard/views/audit'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row, SkeletonRows, Table } from '@/components/ui/table'
import { useAuditText } from './use-audit-text'

const pages: { [prefix: string]: string | undefined } = { app: 'applications', rbt: 'robots' }

export function AuditTable({ entries }: { entries: AuditView[] | undefined }) {
  const t = useTranslations('audit')
  const { actorOf, actionOf } = useAuditText()
  const columns = [
    { key: 'action', title: t('what') },
    { key: 'actor', title: t('who') },
    { key: 'detail', title: t('detail'), className: 'hidden md:table-cell' },
    { key: 'peer', title: t('from'), className: 'hidden lg:table-cell' },
    { key: 'at', title: t('when') },
  ]
  return (
    <Table caption={t('title')} columns={columns}>
      {!entries && <SkeletonRows columns={columns} rows={8} />}
      {entries?.map((entry) => (
        <Row key={entry.id}>
          <Cell>
            <div className="font-medium">{actionOf(entry.action)}</div>
            <Target id={entry.targetId} />
          </Cell>
          <Cell className="break-all">{actorOf(entry)}</Cell>
          <Cell className="hidden max-w-[320px] text-sm break-words text-muted md:table-cell">
            {Object.entries(entry.detail)
              .filter(([, value]) => value !== null)
              .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
              .join(' · ') || '—'}
          </Cell>
          <Cell className="hidden font-mono text-sm lg:table-cell">{entry.peerAddress || '—'}</Cell>
          <Cell className="text-muted">
            <RelativeTime at={entry.at} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

/** What was changed: its id, which leads to its page if it has one. */
function Target({ id }: { id: string }) {
  const page = pages[id.split('_')[0] ?? '']
  const look = 'block max-w-[180px] truncate font-mono text-xs text-muted'
  if (!page) return <span className={look}>{id}</span>
  return (
    <Link href={`/dashboard/${page}/${id}`} className={`${look} hover:underline`}>
      {id}
    </Link>
  )
}
