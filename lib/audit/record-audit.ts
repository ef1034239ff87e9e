import type { Db } from '@/lib/db/client'
import { auditEntries } from '@/lib/db/schema/operator'
import type { AuditAction } from './audit-actions'

/**
 * Records who changed what, in the transaction of the change.
 * @param entry.actor `operator:<id>`, `token:<id>` or `cli`.
 * @param entry.detail never a secret.
 */
export async function recordAudit(
  tx: Db,
  entry: {
    actor: string
    action: AuditAction
    targetId: string
    detail?: Record<string, unknown> | undefined
    peerAddress?: string | undefined
  },
): Promise<void> {
  await tx.insert(auditEntries).values(entry)
}
