'use client'

import Link from 'next/link'
import type { AuditView, ThingView } from '@/app/api/dashboard/views/audit'
import type { ChangedField } from '@/lib/audit/changed-fields'
import { useAuditText } from './use-audit-text'
import { useValueText } from './use-value-text'

/** What an entry tells beside its action, or below it: each field in words, where it changed from what to what. */
export function AuditDetail({ entry, isBelow = false }: { entry: AuditView; isBelow?: boolean }) {
  const { fieldOf } = useAuditText()
  const fields = Object.entries(entry.detail).filter(([, value]) => value !== null && value !== undefined)
  if (fields.length === 0) return isBelow ? null : '—'
  return (
    <dl className="flex flex-col gap-0.5">
      {fields.map(([name, value]) => (
        <div key={name} className="flex flex-wrap gap-x-1.5">
          <dt className="text-muted">{fieldOf(name)}</dt>
          <dd className="min-w-0 break-words">
            {isChange(value) ? (
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

function isChange(value: unknown): value is ChangedField {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value
}

function Value({ name, value, things }: { name: string; value: unknown; things: Record<string, ThingView> }) {
  const write = useValueText()
  const thing = typeof value === 'string' ? things[value] : undefined
  return thing ? <Thing id={String(value)} thing={thing} /> : write(name, value)
}

/** A thing by its name, which leads to its page if it has one; by its id where it has no name. */
export function Thing({ id, thing }: { id: string; thing: ThingView | undefined }) {
  const text = thing?.name || <span className="font-mono text-xs">{id}</span>
  if (!thing?.path) return <span title={id}>{text}</span>
  return (
    <Link href={thing.path} title={id} className="hover:underline">
      {text}
    </Link>
  )
}
