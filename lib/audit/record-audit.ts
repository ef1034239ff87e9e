import type { Db } from '@/lib/db/client'
import type { Actor } from '@/lib/db/types'
import { auditEntries } from '@/lib/db/schema/operator'
import type { AuditAction } from '@/lib/audit/audit-actions'
import type { ChangedField } from '@/lib/audit/changed-field'

/** `detail`: never a secret; a changed field as `{from, to}`. */
export type AuditEntryInput = {
  actor: Actor
  action: AuditAction
  targetId: string
  detail?: Record<string, unknown> | undefined
  peerAddress?: string | undefined
}

/** Records an audit entry in the transaction of its change. At commit, the database chains it to the previous entry. */
export async function recordAudit(tx: Db, entry: AuditEntryInput): Promise<void> {
  await tx.insert(auditEntries).values(entry)
}

/** Returns the fields that differ, for the detail of an audit entry. */
export function changedFields<Row extends object>(
  before: Row,
  after: Row,
  names: readonly (keyof Row & string)[],
): Record<string, ChangedField> {
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(changed.map((name) => [name, { from: before[name], to: after[name] }]))
}

type Values = Record<string, unknown>

/**
 * Records an audit entry with the fields that differ between `before` and `after`, in addition to `detail`; records nothing if
 * no field differs. A field that is missing or undefined in `after` counts as unchanged.
 */
export async function recordChange(
  tx: Db,
  { before, after, ...entry }: AuditEntryInput & { before: Values; after: Values },
): Promise<void> {
  const names = Object.keys(after).filter((name) => after[name] !== undefined)
  const changed = changedFields(before, after, names)
  if (Object.keys(changed).length > 0) await recordAudit(tx, { ...entry, detail: { ...entry.detail, ...changed } })
}
