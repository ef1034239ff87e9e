'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { AuditView, ThingView } from '@/lib/dashboard/audit/list'
import { isChangedField } from '@/lib/audit/changed-field'
import { useAuditText } from '@/components/audit/use-audit-text'
import { useValueText } from '@/components/audit/use-value-text'
import { Nothing } from '@/components/ui/nothing'

/** The detail of an audit entry: each field in words, with its old and new value. */
export function AuditDetail({ entry, isBelow = false }: { entry: AuditView; isBelow?: boolean }) {
  const { fieldOf } = useAuditText()
  const fields = Object.entries(entry.detail).filter(([, value]) => value !== null && value !== undefined)
  if (fields.length === 0) return isBelow ? null : <Nothing />
  return (
    <dl className="flex flex-col gap-0.5">
      {fields.map(([name, value]) => (
        <div key={name} className="flex flex-wrap gap-x-1.5">
          <dt className="text-muted">{fieldOf(name)}</dt>
          <dd className="min-w-0 wrap-anywhere">
            {isChangedField(value) ? (
              <>
                <del className="text-muted decoration-muted/60">
                  <Value name={name} value={value.from} things={entry.things} />
                </del>{' '}
                <span aria-hidden className="text-muted">
                  →
                </span>{' '}
                <ins className="no-underline">
                  <Value name={name} value={value.to} things={entry.things} />
                </ins>
              </>
            ) : (
              <Value name={name} value={value} things={entry.things} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ name, value, things }: { name: string; value: unknown; things: Record<string, ThingView> }) {
  const write = useValueText()
  if (Array.isArray(value) && value.some((item) => things[String(item)]))
    return value.map((item, index) => (
      <span key={String(item)}>
        {index > 0 && ', '}
        <Thing id={String(item)} thing={things[String(item)]} />
      </span>
    ))
  const thing = typeof value === 'string' ? things[value] : undefined
  return thing ? <Thing id={String(value)} thing={thing} /> : write(name, value)
}

/** A resource by its name, linked if it has a page; by its id if it has no name. */
export function Thing({ id, thing }: { id: string; thing: ThingView | undefined }) {
  const t = useTranslations('audit')
  if (id === 'unknown') return <span className="text-muted">{t('unknownAccount')}</span>
  const text = thing?.name || <span className="font-mono text-xs">{id}</span>
  if (!thing?.path) return <span title={id}>{text}</span>
  return (
    <Link href={thing.path} title={id} className="hover:underline">
      {text}
    </Link>
  )
}
